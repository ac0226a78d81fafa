/**
 * The one recursive delete. Nothing below the root of a tree is ever named by a path: everything goes through open
 * directories.
 */
@NullMarked
package dev.atexit.internal.tree;

import org.jspecify.annotations.NullMarked;
