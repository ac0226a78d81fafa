package dev.atexit.file;

import dev.atexit.internal.tree.TreeDeleter;
import dev.atexit.internal.tree.TreeDeletion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Deletes a directory with all that is in it, and nothing else.
 *
 * <pre>{@code
 * FileTree.delete(Path.of("target", "work"));
 * }</pre>
 *
 * <p>No symbolic link is followed: neither one at the path itself, of which only the link is deleted, nor one in the tree,
 * not even one that somebody puts there meanwhile. No other file system is entered, nor another mount of the same one: a
 * mount point is left alone and reported. Trees of any depth are deleted with a fixed number of descriptors and without
 * recursion. Directories that may be read but not written are made writable first, if they are ours.
 *
 * <p><b>Threading.</b> Any thread. Two deletions of the same tree do not harm each other. An interrupt that comes meanwhile
 * ends the deletion, with the rest reported; the thread stays interrupted. One that was there before does not count, so
 * that cleanup works in a thread that is being stopped.
 *
 * <p><b>Ordering.</b> None between the entries of a directory.
 *
 * <p><b>Failure.</b> What cannot be deleted does not stop the rest. In the end one exception tells how much is left, and
 * has the first hundred single failures as its suppressed ones, each with full path and reason.
 *
 * <p><b>Time.</b> No bound; about the time of {@code rm -rf}. If something adds files meanwhile, what it added is deleted
 * too, for about a quarter of a second; then the rest is reported.
 *
 * <p><b>Not guaranteed.</b> Where the file system gives no handle on an open directory (Windows, zip files), entries are
 * deleted by their paths: use it there only on trees that nobody else writes to. A tree deeper than 32 directories is
 * flattened meanwhile: what cannot be deleted so far down is then found at the top of the tree, as the report says. A
 * directory that somebody moves out of the tree while it is being emptied is emptied all the same. Mounts of another mount
 * namespace, reached through {@code /proc/PID/root}, are not recognised.
 */
public final class FileTree {
    private FileTree() {}

    /**
     * Deletes what is at a path: a directory with all that is in it, a file, or a link but not what it points to.
     *
     * @param path what to delete; it ends in a name, not in {@code .} or {@code ..}
     * @return whether there was anything; false if the path does not exist
     * @throws IOException if anything is left
     * @throws IllegalArgumentException if the path is a root, empty, or ends in {@code .} or {@code ..}
     */
    public static boolean delete(Path path) throws IOException {
        Path absolute = TreeDeleter.checked("path", Objects.requireNonNull(path, "path"));
        TreeDeletion deletion = TreeDeleter.delete(absolute, null);
        if (!deletion.isComplete()) {
            throw deletion.toException();
        }
        return deletion.existed();
    }
}
