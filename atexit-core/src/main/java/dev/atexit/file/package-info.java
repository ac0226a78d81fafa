/** Files that go when the program ends: temporary files and trees, pid files, and the safe way to delete a tree. */
@NullMarked
package dev.atexit.file;

import org.jspecify.annotations.NullMarked;
