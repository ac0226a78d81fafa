/** Locks between processes that are files, and what makes them safe within one JVM. */
@NullMarked
package dev.atexit.internal.lock;

import org.jspecify.annotations.NullMarked;
