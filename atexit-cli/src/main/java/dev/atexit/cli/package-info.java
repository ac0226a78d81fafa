/** The command {@code atexit}: what it can do, and how its words are read. */
@NullMarked
package dev.atexit.cli;

import org.jspecify.annotations.NullMarked;
