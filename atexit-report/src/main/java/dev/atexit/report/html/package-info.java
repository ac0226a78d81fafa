/** The page of an exit: one file that needs no other. */
@NullMarked
package dev.atexit.report.html;

import org.jspecify.annotations.NullMarked;
