/** What the JVM's flight recorder is told. Loaded only where there is a recording. */
@NullMarked
package dev.atexit.internal.flight;

import org.jspecify.annotations.NullMarked;
