/**
 * What closes java.util.logging last. But for {@code LateNotice}, loaded only where somebody asks for it and the module
 * java.logging is there.
 */
@NullMarked
package dev.atexit.internal.logging;

import org.jspecify.annotations.NullMarked;
