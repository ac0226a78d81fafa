/** The launcher of the command, in checkouts and distributions of their own. */
@NullMarked
package dev.atexit.process.launcher;

import org.jspecify.annotations.NullMarked;
