/** The commands {@code sweep} and {@code ps}, with programs that are killed. */
@NullMarked
package dev.atexit.process.command;

import org.jspecify.annotations.NullMarked;
