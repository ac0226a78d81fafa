/** Programs that are timed as whole processes: each registers so many handlers and ends, or waits to be ended. */
@NullMarked
package dev.atexit.benchmarks.process;

import org.jspecify.annotations.NullMarked;
