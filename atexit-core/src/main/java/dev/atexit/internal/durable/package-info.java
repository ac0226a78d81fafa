/** What ties the journal of this process to its life: when it is opened, who is told, and how it ends. */
@NullMarked
package dev.atexit.internal.durable;

import org.jspecify.annotations.NullMarked;
