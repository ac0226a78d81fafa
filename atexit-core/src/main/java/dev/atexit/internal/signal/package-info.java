/** The seam to the JVM's signals: the class that names {@code sun.misc.Signal} stands apart and is found by name. */
@NullMarked
package dev.atexit.internal.signal;

import org.jspecify.annotations.NullMarked;
