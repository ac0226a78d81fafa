/** Programs that are killed, and what is left of them when somebody has cleaned up after them. */
@NullMarked
package dev.atexit.process.crash;

import org.jspecify.annotations.NullMarked;
