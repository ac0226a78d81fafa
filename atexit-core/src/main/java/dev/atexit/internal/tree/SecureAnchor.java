package dev.atexit.internal.tree;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;

/** A place in an open directory: what becomes of the path of that directory does not matter any more. */
final class SecureAnchor implements Anchor {
    private final SecureDirectoryStream<Path> parent;
    private final Path name;

    SecureAnchor(SecureDirectoryStream<Path> parent, Path name) {
        this.parent = parent;
        this.name = name;
    }

    @Override
    public BasicFileAttributes look() throws IOException {
        return Attributes.of(parent, name);
    }

    @Override
    public BasicFileAttributes lookAtParent() throws IOException {
        return parent.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
    }

    @Override
    public void deleteFile() throws IOException {
        parent.deleteFile(name);
    }

    @Override
    public void deleteDirectory() throws IOException {
        parent.deleteDirectory(name);
    }

    @Override
    public DirectoryStream<Path> open() throws IOException {
        return parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() throws IOException {
        parent.close();
    }
}
