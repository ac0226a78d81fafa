package dev.atexit.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Gives each test of a class an {@code AtExit} of its own; see {@link AtExitExtension}, which it registers.
 *
 * <pre>{@code
 * @FreshAtExit
 * class ServerTest {
 *     @Test
 *     void exit_running_stops(AtExitControl control) {}
 * }
 * }</pre>
 *
 * <p><b>Threading.</b> Tests that share this annotation do not run at the same time, even where JUnit runs tests in
 * parallel: {@code AtExit} is one for the whole JVM.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(AtExitExtension.class)
@ResourceLock(AtExitExtension.RESOURCE)
public @interface FreshAtExit {}
