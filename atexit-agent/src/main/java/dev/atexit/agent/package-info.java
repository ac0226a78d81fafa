/** A Java agent that times, explains and bounds the shutdown hooks of any application. */
@NullMarked
package dev.atexit.agent;

import org.jspecify.annotations.NullMarked;
