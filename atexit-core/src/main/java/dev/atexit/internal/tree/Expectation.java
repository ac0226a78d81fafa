package dev.atexit.internal.tree;

import java.nio.file.attribute.BasicFileAttributes;

/** What must be at a path, so that it is deleted and not left alone. */
public interface Expectation {
    /**
     * Whether this is it.
     *
     * @param now the attributes of what has the name now, not of what a link there leads to
     * @param parent the attributes of the directory it is in, which stays open until it is deleted
     */
    boolean matches(BasicFileAttributes now, BasicFileAttributes parent);
}
