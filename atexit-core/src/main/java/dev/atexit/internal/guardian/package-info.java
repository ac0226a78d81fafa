/** What survives a kill of the program: a shell that does nothing until the program has ended without saying goodbye. */
@NullMarked
package dev.atexit.internal.guardian;

import org.jspecify.annotations.NullMarked;
