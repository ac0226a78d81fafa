/** What the commands print: tables for people, JSON for programs, in colour on a terminal only. */
@NullMarked
package dev.atexit.cli.output;

import org.jspecify.annotations.NullMarked;
