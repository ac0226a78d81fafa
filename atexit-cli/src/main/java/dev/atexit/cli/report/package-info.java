/** Shows the report of an exit: {@code atexit report}. */
@NullMarked
package dev.atexit.cli.report;

import org.jspecify.annotations.NullMarked;
