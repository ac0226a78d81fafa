/** What this process owes, written down where others find it when the process has ended without paying. */
@NullMarked
package dev.atexit.internal.journal;

import org.jspecify.annotations.NullMarked;
