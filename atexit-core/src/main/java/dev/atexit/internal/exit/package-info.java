/**
 * The handler stack, the one unwinder and the exit sequence. Knows nothing of the public vocabulary: a public type
 * subclasses {@link dev.atexit.internal.exit.Task} and translates {@link dev.atexit.internal.exit.Notice}s.
 */
@NullMarked
package dev.atexit.internal.exit;

import org.jspecify.annotations.NullMarked;
