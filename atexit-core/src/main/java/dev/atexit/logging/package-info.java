/** Logging that is flushed and closed last, so that every line an exit handler logs is kept. */
@NullMarked
package dev.atexit.logging;

import org.jspecify.annotations.NullMarked;
