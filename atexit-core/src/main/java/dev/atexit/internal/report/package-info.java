/** Writes what happened during an exit to a file. Loaded only where such a file is asked for. */
@NullMarked
package dev.atexit.internal.report;

import org.jspecify.annotations.NullMarked;
