/** {@code atexit sweep} and {@code atexit ps}: what programs that were killed still owe, and paying it. */
@NullMarked
package dev.atexit.cli.sweep;

import org.jspecify.annotations.NullMarked;
