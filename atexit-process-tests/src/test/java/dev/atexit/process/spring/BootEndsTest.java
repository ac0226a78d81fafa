package dev.atexit.process.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm;
import dev.atexit.process.spring.BootProgram.End;
import dev.atexit.process.spring.BootVersion.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The less ordinary ends of a program of Spring Boot: none hangs, and the handlers run. */
@Execution(ExecutionMode.CONCURRENT)
class BootEndsTest {
    private static final String DESTROYED = "bean is being destroyed";

    @TempDir
    private Path directory;

    private ChildJvm.Builder program(End end) throws Exception {
        return ChildJvm.running(BootProgram.class, end.name()).classPath(BootVersion.BOOT_4_0.classPath(Kind.PLAIN));
    }

    private BootRun run(End end) throws Exception {
        return BootRun.of(program(end), end, directory);
    }

    @ParameterizedTest
    @EnumSource(names = {"EXIT_IN_THREAD", "EXIT_IN_HANDLER"})
    void exit_fromElsewhere_handlersRunAfterTheBeans(End end) throws Exception {
        run(end).assertInOrder(end);
    }

    @Test
    void exit_fromABeanThatIsBeingMade_handlersRun() throws Exception {
        BootRun run = run(End.EXIT_IN_BEAN);
        run.assertOrder(End.EXIT_IN_BEAN, List.of());
        assertThat(run.said()).as(run.all()).isEmpty();
    }

    @Test
    void exit_ofAnApplicationThatCannotStart_handlersRun() throws Exception {
        run(End.FAILED_START).assertOrder(End.FAILED_START, List.of());
    }

    @Test
    void exit_withSeveralContexts_handlersRunAfterTheBeansOfAll() throws Exception {
        BootRun run = run(End.SEVERAL_CONTEXTS);
        assertThat(run.ended().status()).as(run.all()).isZero();
        assertThat(run.summary())
                .as(run.all())
                .containsSubsequence(
                        DESTROYED,
                        "bean is destroyed",
                        DESTROYED,
                        "bean is destroyed",
                        DESTROYED,
                        "bean is destroyed",
                        "handler 1: all lines")
                .containsSubsequence(BootRun.allHandlers());
    }

    @Test
    void exit_whereSpringBootHasNoHook_handlersRunAtOnce() throws Exception {
        BootRun run = run(End.NO_HOOK);
        run.assertOrder(End.NO_HOOK, List.of());
        assertThat(run.said()).as(run.all()).isEmpty();
    }

    @Test
    void exit_whereSpringBootDoesNotCloseTheContext_handlersRunBeforeLoggingStops() throws Exception {
        End end = End.NO_HOOK_BY_PROPERTY;
        BootRun run = BootRun.of(program(end).property("spring.main.register-shutdown-hook", "false"), end, directory);
        run.assertOrder(end, List.of());
    }

    @Test
    void exit_whereAHandlerOfSpringBootThrows_handlersRun() throws Exception {
        BootRun run = run(End.BROKEN_BOOT_HANDLER);
        run.assertInOrder(End.BROKEN_BOOT_HANDLER);
    }

    @ParameterizedTest
    @EnumSource(names = {"MAIN", "TERM"})
    void exit_ofAFatJar_handlersRunAfterTheBeansAndBeforeLoggingStops(End end) throws Exception {
        Path jar = directory.resolve("program.jar");
        FatJar.write(jar, BootProgram.class, BootVersion.BOOT_4_0.libraries(Kind.PLAIN));
        BootRun run =
                BootRun.of(ChildJvm.running(FatJar.LAUNCHER, end.name()).classPath(jar.toString()), end, directory);
        run.assertInOrder(end);
        assertThat(run.said()).as(run.all()).isEmpty();
    }

    /** The application's own settings are read, and a bad one keeps it from starting. */
    @Test
    void start_propertyIsNotUnderstood_failsAndSaysWhich() throws Exception {
        End end = End.MAIN;
        BootRun run = BootRun.of(
                program(end).property("spring.application.json", "{\"atexit.deadline\":\"soon\"}"), end, directory);
        assertThat(run.ended().status()).as(run.all()).isOne();
        assertThat(run.all()).contains("'atexit.deadline'", "'soon'", "must be a duration such as 25s, 500ms or 2m");
    }

    /** Spring Boot hangs by itself then; the handlers have run at least, and it is said where it hangs. */
    @Test
    void exit_fromABeanThatIsBeingDestroyed_handlersRunAndItIsSaid() throws Exception {
        Path log = directory.resolve("log");
        try (ChildJvm child = program(End.EXIT_IN_DESTRUCTION)
                .property("logging.file.name", log.toString())
                .start()) {
            child.awaitLine("handlers begin");
            child.awaitLine("the last line of all", line -> line.contains("handler 21 line 50"));
            assertThat(child.toString())
                    .contains("[atexit] gate 'stop of Spring Boot' failed: java.lang.IllegalStateException: a bean"
                            + " called System.exit while it was destroyed")
                    .contains("BootProgram$Pool.destroy");
        }
    }
}
