package dev.atexit.internal.tree;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** A place known by its path only: the parent cannot be read, or the file system gives no handle on a directory. */
final class PathAnchor implements Anchor {
    private final Path path;
    private final Path parent;

    PathAnchor(Path path, Path parent) {
        this.path = path;
        this.parent = parent;
    }

    @Override
    public BasicFileAttributes look() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public BasicFileAttributes lookAtParent() throws IOException {
        return Files.readAttributes(parent, BasicFileAttributes.class);
    }

    @Override
    public void deleteFile() throws IOException {
        Files.delete(path);
    }

    @Override
    public void deleteDirectory() throws IOException {
        Files.delete(path);
    }

    /** Follows a link that was put there this very moment; the directory is then not the one that was looked at. */
    @Override
    @SuppressWarnings("StreamResourceLeak") // The caller closes it.
    public DirectoryStream<Path> open() throws IOException {
        return Files.newDirectoryStream(path);
    }

    @Override
    public void close() {}
}
