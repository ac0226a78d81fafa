/** Exits that explain themselves: what is stuck and why, and the report. */
@NullMarked
package dev.atexit.process.explain;

import org.jspecify.annotations.NullMarked;
