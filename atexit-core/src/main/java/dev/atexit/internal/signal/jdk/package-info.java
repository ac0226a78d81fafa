/** The one place that names {@code sun.misc.Signal}. */
@NullMarked
package dev.atexit.internal.signal.jdk;

import org.jspecify.annotations.NullMarked;
