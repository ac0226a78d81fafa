/** What the agent does. Loaded by a class loader of its own; nothing of it is seen by the program. */
@NullMarked
package dev.atexit.agent.internal;

import org.jspecify.annotations.NullMarked;
