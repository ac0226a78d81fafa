/** Shows on a terminal an exit that takes a while. Loaded only where that is asked for, and only for such an exit. */
@NullMarked
package dev.atexit.internal.display;

import org.jspecify.annotations.NullMarked;
