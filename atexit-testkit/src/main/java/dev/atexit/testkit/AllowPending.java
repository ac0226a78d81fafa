package dev.atexit.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a test, or a class of tests, that may leave exit handlers pending. They are forgotten and never run. Within a
 * test, {@link AtExitControl#allowPending} says the same.
 *
 * <pre>{@code
 * @Test
 * @AllowPending
 * void register_twice_countsTwo() {}
 * }</pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface AllowPending {}
