/** Deletion against attackers, mounts, permissions and small limits, in processes of their own where that is needed. */
@NullMarked
package dev.atexit.process.file;

import org.jspecify.annotations.NullMarked;
