/** Reacting to signals: running something on HUP, or ending with another status on TERM. */
@NullMarked
package dev.atexit.signal;

import org.jspecify.annotations.NullMarked;
