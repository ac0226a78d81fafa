package dev.atexit.internal.tree;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why something was not deleted, in words. */
final class Reasons {
    static final String REPLACED = "was replaced by something else: left alone";
    static final String MOUNT_POINT = "is a mount point: left alone";
    static final String CHANGED = "was changed all the time while it was to be deleted: left alone";
    static final String NOT_EMPTY = "not empty: something adds files to it all the time";
    static final String INTERRUPTED = "interrupted before everything was deleted";
    static final String TOO_MANY_PASSES = "gave up: something makes directories in it all the time";
    static final String NO_HANDLE = "cannot be held while it is deleted: only its owner may delete it here";
    static final String UNREADABLE = "cannot be read: ";

    private Reasons() {}

    static IOException cause(DirectoryIteratorException broken) {
        IOException cause = broken.getCause();
        return cause == null ? new IOException(broken) : cause;
    }

    static String of(IOException error) {
        if (error instanceof AccessDeniedException) {
            return "access denied";
        }
        if (error instanceof DirectoryNotEmptyException) {
            return NOT_EMPTY;
        }
        if (error instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (error instanceof NoSuchFileException) {
            return "no such file";
        }
        String reason = error instanceof FileSystemException known ? known.getReason() : error.getMessage();
        return reason == null ? error.getClass().getName() : reason;
    }
}
