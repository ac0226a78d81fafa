/** Programs that are killed while a guardian watches them. */
@NullMarked
package dev.atexit.process.guardian;

import org.jspecify.annotations.NullMarked;
