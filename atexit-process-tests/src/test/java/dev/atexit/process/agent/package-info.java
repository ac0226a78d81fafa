/** The agent, on programs that know nothing of it. */
@NullMarked
package dev.atexit.process.agent;

import org.jspecify.annotations.NullMarked;
