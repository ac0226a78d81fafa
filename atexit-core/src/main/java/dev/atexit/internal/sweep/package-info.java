/** Pays what processes have left behind that were killed: finds their journals, and does what stands in them. */
@NullMarked
package dev.atexit.internal.sweep;

import org.jspecify.annotations.NullMarked;
