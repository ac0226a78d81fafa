package dev.atexit.internal.tree;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** An open directory of the real file system, with a trouble before what is done with it. */
final class TroubledDirectory implements SecureDirectoryStream<Path> {
    private final SecureDirectoryStream<Path> real;
    private final String name;
    private final Trouble trouble;
    private final AtomicInteger open;

    /**
     * Wraps an open directory.
     *
     * @param open how many that came from it, and it itself, are open
     */
    TroubledDirectory(SecureDirectoryStream<Path> real, String name, Trouble trouble, AtomicInteger open) {
        this.real = real;
        this.name = name;
        this.trouble = trouble;
        this.open = open;
        open.incrementAndGet();
    }

    /** What happens before something is done: an exception, a change of the tree, or nothing. */
    interface Trouble {
        /**
         * Something is about to be done.
         *
         * @param what open, list, file (is deleted), directory (is deleted), move
         * @param name of the entry; for list of the directory itself
         */
        void before(String what, String name) throws IOException;
    }

    @Override
    public SecureDirectoryStream<Path> newDirectoryStream(Path path, LinkOption... options) throws IOException {
        trouble.before("open", path.toString());
        return new TroubledDirectory(real.newDirectoryStream(path, options), path.toString(), trouble, open);
    }

    @Override
    public void deleteFile(Path path) throws IOException {
        trouble.before("file", path.toString());
        real.deleteFile(path);
    }

    @Override
    public void deleteDirectory(Path path) throws IOException {
        trouble.before("directory", path.toString());
        real.deleteDirectory(path);
    }

    @Override
    public void move(Path source, SecureDirectoryStream<Path> target, Path as) throws IOException {
        trouble.before("move", source.toString());
        real.move(source, ((TroubledDirectory) target).real, as);
    }

    @Override
    public Iterator<Path> iterator() {
        Iterator<Path> entries = real.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                try {
                    trouble.before("list", name);
                } catch (IOException broken) {
                    throw new DirectoryIteratorException(broken);
                }
                return entries.hasNext();
            }

            @Override
            public Path next() {
                return entries.next();
            }
        };
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Class<V> type) {
        return real.getFileAttributeView(type);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return real.getFileAttributeView(path, type, options);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return real.newByteChannel(path, options, attributes);
    }

    @Override
    public void close() throws IOException {
        real.close();
        open.decrementAndGet();
    }
}
