/** Programs that log while they end, in JVMs of their own. */
@NullMarked
package dev.atexit.process.logging;

import org.jspecify.annotations.NullMarked;
