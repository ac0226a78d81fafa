package dev.atexit.internal.tree;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What came of deleting one tree. Written by the thread that deletes; not thread-safe. */
public final class TreeDeletion {
    /** So many failures are kept one by one; the rest are counted. */
    public static final int MAX_LISTED = 100;

    private final Path path;
    private final List<Failure> failures = new ArrayList<>(0);
    private int failed;
    private boolean existed;
    private boolean replaced;

    TreeDeletion(Path path) {
        this.path = path;
    }

    /** What is left, and why. */
    public static final class Failure {
        /** Where it is. */
        public final Path path;

        /** Why it is still there. */
        public final String reason;

        Failure(Path path, String reason) {
            this.path = path;
            this.reason = reason;
        }
    }

    /** The root of the tree, absolute. */
    public Path path() {
        return path;
    }

    /** Whether there was anything at the path. */
    public boolean existed() {
        return existed;
    }

    /** Whether something else was found at the path, and left alone. */
    public boolean wasReplaced() {
        return replaced;
    }

    /** Whether nothing is left of what was to be deleted. */
    public boolean isComplete() {
        return failed == 0;
    }

    /** How many things were not deleted; a directory that is left because of its entries does not count. */
    public int failed() {
        return failed;
    }

    /** The first {@link #MAX_LISTED} failures. */
    public List<Failure> failures() {
        return failures;
    }

    /** All that is left, as one exception that has the single failures as suppressed ones. */
    public IOException toException() {
        Failure first = failures.get(0);
        if (failed == 1) {
            return new FileSystemException(first.path.toString(), null, first.reason);
        }
        IOException all = new FileSystemException(
                path.toString(), null, failed + " left, the first is " + first.path + ": " + first.reason);
        for (Failure failure : failures) {
            all.addSuppressed(new FileSystemException(failure.path.toString(), null, failure.reason));
        }
        return all;
    }

    void sawIt() {
        existed = true;
    }

    void sawAnother() {
        replaced = true;
        fail(path, Reasons.REPLACED);
    }

    void fail(Path where, String reason) {
        failed++;
        if (failures.size() < MAX_LISTED) {
            failures.add(new Failure(where, reason));
        }
    }

    /** A new pass begins: what it meets again, it reports again. */
    void forgetFailures() {
        failed = 0;
        failures.clear();
    }
}
