/** JUnit support: each test has exit handlers of its own, and runs them without ending the JVM. */
@NullMarked
package dev.atexit.testkit;

import org.jspecify.annotations.NullMarked;
