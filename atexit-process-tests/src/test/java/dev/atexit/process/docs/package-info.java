/** What the documents show, compiled and run. */
@NullMarked
package dev.atexit.process.docs;

import org.jspecify.annotations.NullMarked;
