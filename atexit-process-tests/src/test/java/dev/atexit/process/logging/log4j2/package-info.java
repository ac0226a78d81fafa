/** Programs that log through Log4j2 while they end, in JVMs of their own; this JVM has no Log4j2. */
@NullMarked
package dev.atexit.process.logging.log4j2;

import org.jspecify.annotations.NullMarked;
