/** The library on an image of the JVM that holds only what it requires. */
@NullMarked
package dev.atexit.process.image;

import org.jspecify.annotations.NullMarked;
