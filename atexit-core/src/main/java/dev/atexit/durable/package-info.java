/** What programs that were killed have left behind: seeing it, and clearing it up. */
@NullMarked
package dev.atexit.durable;

import org.jspecify.annotations.NullMarked;
