package dev.atexit.internal.tree;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Empties a directory by the paths of what is in it, where the file system gives no handle on an open directory. It
 * follows no link, but cannot know what is swapped in between a look and an act: good enough for a tree that the living
 * owner made itself, and for nothing else.
 */
final class PathWalk {
    private static final int MAX_RETRIES = 8;

    private final Path root;
    private final TreeDeletion result;
    private final Interrupts interrupts;
    private final Set<Path> occupied = new HashSet<>();

    PathWalk(Path root, TreeDeletion result, Interrupts interrupts) {
        this.root = root;
        this.result = result;
        this.interrupts = interrupts;
    }

    void run() throws IOException {
        // Only where one file system has several stores; others may not even tell whether two are the same.
        FileStore store = root.getFileSystem() == FileSystems.getDefault() ? Files.getFileStore(root) : null;
        for (int i = 0; i <= MAX_RETRIES; i++) {
            result.forgetFailures();
            occupied.clear();
            if (!pass(store)) {
                return;
            }
        }
    }

    /** True if something was added to a directory meanwhile. */
    private boolean pass(@Nullable FileStore store) {
        boolean restless = false;
        Deque<Path> open = new ArrayDeque<>();
        Set<Path> listed = new HashSet<>();
        open.push(root);
        while (!open.isEmpty()) {
            if (interrupts.pending()) {
                result.fail(root, Reasons.INTERRUPTED);
                return false;
            }
            Path directory = open.peek();
            try {
                if (listed.add(directory)) {
                    for (Path entry : list(directory)) {
                        enterOrDelete(entry, store, open);
                    }
                } else {
                    open.pop();
                    if (!occupied.contains(directory)) {
                        Files.deleteIfExists(directory);
                    }
                }
            } catch (DirectoryNotEmptyException filledAgain) {
                restless = true;
                fail(directory, filledAgain);
            } catch (IOException failure) {
                fail(directory, failure);
            }
        }
        return restless;
    }

    private static List<Path> list(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path entry : stream) {
                entries.add(entry);
            }
        } catch (DirectoryIteratorException broken) {
            throw Reasons.cause(broken);
        }
        return entries;
    }

    /** Deletes what can be deleted at once, and leaves a directory with entries for later. */
    private void enterOrDelete(Path entry, @Nullable FileStore store, Deque<Path> open) {
        try {
            Files.delete(entry);
        } catch (NoSuchFileException gone) {
            // As it was to be.
        } catch (DirectoryNotEmptyException later) {
            enter(entry, store, open);
        } catch (IOException failure) {
            fail(entry, failure);
        }
    }

    private void enter(Path entry, @Nullable FileStore store, Deque<Path> open) {
        try {
            BasicFileAttributes seen =
                    Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!seen.isDirectory() || seen.isOther()) {
                fail(entry, Reasons.CHANGED);
            } else if (store != null && !Files.getFileStore(entry).equals(store)) {
                fail(entry, Reasons.MOUNT_POINT);
            } else {
                open.push(entry);
            }
        } catch (IOException failure) {
            fail(entry, failure);
        }
    }

    private void fail(Path where, IOException failure) {
        fail(where, Reasons.of(failure));
    }

    /** The directories around it stay as well, without a word about each. */
    private void fail(Path where, String reason) {
        result.fail(where, reason);
        for (Path around = where; around != null && !around.equals(root); around = around.getParent()) {
            occupied.add(around);
        }
        occupied.add(root);
    }
}
