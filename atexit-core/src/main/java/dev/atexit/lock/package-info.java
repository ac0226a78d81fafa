/** Locks that belong to no thread, and resources that are released when the program ends. */
@NullMarked
package dev.atexit.lock;

import org.jspecify.annotations.NullMarked;
