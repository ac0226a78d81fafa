/** Exit handlers that run in order, in bounded time and with a report. */
@NullMarked
package dev.atexit;

import org.jspecify.annotations.NullMarked;
