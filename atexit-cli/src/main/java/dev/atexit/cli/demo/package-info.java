/** {@code atexit demo}: shows each part of the library in real programs that end, and checks what it claims. */
@NullMarked
package dev.atexit.cli.demo;

import org.jspecify.annotations.NullMarked;
