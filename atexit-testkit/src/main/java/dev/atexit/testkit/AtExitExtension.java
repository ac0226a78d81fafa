package dev.atexit.testkit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives each test an {@code AtExit} of its own, which ends with the test. Needs JUnit 5.13 or later.
 *
 * <pre>{@code
 * @FreshAtExit
 * class ServerTest {
 *     @Test
 *     void exit_running_stops(AtExitControl control) {
 *         Server server = AtExit.closing(new Server());
 *         assertThat(control.exit(new ExitReason.Signal("TERM")).isClean()).isTrue();
 * }}}</pre>
 *
 * <p><b>Parameters.</b> {@link AtExitControl} runs the exit sequence. A test method that takes a {@link FakeClock} runs
 * by that clock; others run by the JVM's.
 *
 * <p><b>Leaks.</b> A test that leaves handlers pending fails, with their names, unless it has failed already or may do so:
 * see {@link AllowPending}. What is left of users' handlers is forgotten, and not run. What the library itself holds, such
 * as temp files, is removed.
 *
 * <p><b>Threading.</b> There is one {@code AtExit} in the JVM, so no two tests can have a fresh one at the same time. Under
 * parallel execution use {@link FreshAtExit}, or {@code @ResourceLock(AtExitExtension.RESOURCE)} with this extension, so
 * that JUnit knows; without, a test waits for the one before. Tests that use {@code AtExit} and not this extension are
 * not protected.
 *
 * <p><b>Ordering.</b> It begins before the test's instance is created, so that its fields may register; with one instance
 * for all tests, and for what {@code @BeforeAll} methods register, that is too early, and the program's own {@code AtExit}
 * is used. It ends after {@code @AfterEach} methods.
 */
public final class AtExitExtension
        implements TestInstancePreConstructCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    /** The key of the resource lock under which tests with a fresh {@code AtExit} run one after another. */
    public static final String RESOURCE = "dev.atexit.AtExit";

    /** Creates the extension; {@code @ExtendWith} or {@link FreshAtExit} do. */
    public AtExitExtension() {}

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context)
            throws InterruptedException {
        if (context.getTestMethod().isPresent()) {
            begin(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws InterruptedException {
        begin(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        FreshScope fresh = store(context).remove(context.getUniqueId(), FreshScope.class);
        if (fresh != null) {
            fresh.end(context.getExecutionException().isPresent() || pendingAllowed(context));
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == AtExitControl.class || type == FakeClock.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        FreshScope fresh = store(context).get(context.getUniqueId(), FreshScope.class);
        if (fresh == null) {
            throw new ParameterResolutionException("there is a fresh AtExit only while a test runs, and not yet here");
        }
        if (parameter.getParameter().getType() == AtExitControl.class) {
            return fresh.control();
        }
        FakeClock clock = fresh.clock();
        if (clock == null) {
            throw new ParameterResolutionException(
                    "this test runs by the JVM's clock: let the test method itself take the FakeClock");
        }
        return clock;
    }

    private void begin(ExtensionContext context) throws InterruptedException {
        ExtensionContext.Store store = store(context);
        String test = context.getUniqueId();
        if (store.get(test) == null) {
            store.put(test, FreshScope.begin(test, wantsFakeClock(context) ? new FakeClock() : null));
        }
    }

    private static boolean wantsFakeClock(ExtensionContext context) {
        Optional<Method> method = context.getTestMethod();
        return method.isPresent() && List.of(method.get().getParameterTypes()).contains(FakeClock.class);
    }

    /** Annotations of a nested class count, and those of the classes around it. */
    private static boolean pendingAllowed(ExtensionContext context) {
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            if (AnnotationSupport.isAnnotated(at.get().getElement(), AllowPending.class)) {
                return true;
            }
        }
        return false;
    }

    private ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(ExtensionContext.Namespace.create(AtExitExtension.class, this));
    }
}
