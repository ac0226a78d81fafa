/** Who this process is, whether another one lives, and where the library keeps what outlives a process. */
@NullMarked
package dev.atexit.internal.process;

import org.jspecify.annotations.NullMarked;
