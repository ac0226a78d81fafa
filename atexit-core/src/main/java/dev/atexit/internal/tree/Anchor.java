package dev.atexit.internal.tree;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The place that the root of a tree has in its parent. No method follows a link that stands there. */
interface Anchor extends Closeable {
    /** The attributes of what is there now. */
    BasicFileAttributes look() throws IOException;

    /** The attributes of the parent. */
    BasicFileAttributes lookAtParent() throws IOException;

    /** Deletes what is there, unless it is a directory. */
    void deleteFile() throws IOException;

    /** Deletes what is there if it is an empty directory. */
    void deleteDirectory() throws IOException;

    /** Opens the directory that is there. The caller checks that it is the one it has looked at. */
    DirectoryStream<Path> open() throws IOException;
}
