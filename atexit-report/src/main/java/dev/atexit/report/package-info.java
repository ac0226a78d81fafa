/** Turns the report of an exit into a page, or into a timeline in the terminal. */
@NullMarked
package dev.atexit.report;

import org.jspecify.annotations.NullMarked;
