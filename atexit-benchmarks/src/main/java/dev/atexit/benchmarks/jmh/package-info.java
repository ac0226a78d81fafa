/** What single calls cost, under JMH. */
@NullMarked
package dev.atexit.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
