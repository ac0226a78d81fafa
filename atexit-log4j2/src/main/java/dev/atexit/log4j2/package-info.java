/** Closes Log4j2 when every exit handler has run. Found by {@link java.util.ServiceLoader}; programs do not call it. */
@NullMarked
package dev.atexit.log4j2;

import org.jspecify.annotations.NullMarked;
