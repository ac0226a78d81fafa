/** Closes Logback when every exit handler has run. Found by {@link java.util.ServiceLoader}; programs do not call it. */
@NullMarked
package dev.atexit.logback;

import org.jspecify.annotations.NullMarked;
