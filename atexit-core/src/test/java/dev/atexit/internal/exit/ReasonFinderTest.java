package dev.atexit.internal.exit;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The frames are those of real exits on JDK 17 and 25. */
class ReasonFinderTest {
    private static StackTraceElement frame(String typeAndMethod) {
        int dot = typeAndMethod.lastIndexOf('.');
        return new StackTraceElement(typeAndMethod.substring(0, dot), typeAndMethod.substring(dot + 1), "X.java", 1);
    }

    private static @Nullable Reason reason(String thread, String... frames) {
        StackTraceElement[] stack = new StackTraceElement[frames.length];
        for (int i = 0; i < frames.length; i++) {
            stack[i] = frame(frames[i]);
        }
        return ReasonFinder.reason(thread, stack);
    }

    private static final String[] HOOKS = {
        "java.lang.Object.wait",
        "java.lang.Thread.join",
        "java.lang.ApplicationShutdownHooks.runHooks",
        "java.lang.ApplicationShutdownHooks$1.run",
        "java.lang.Shutdown.runHooks"
    };

    private static String[] hooks(String... below) {
        String[] all = new String[HOOKS.length + below.length];
        System.arraycopy(HOOKS, 0, all, 0, HOOKS.length);
        System.arraycopy(below, 0, all, HOOKS.length, below.length);
        return all;
    }

    @Test
    void reason_shutdown_isTheEndOfMain() {
        Reason found = reason("DestroyJavaVM", hooks("java.lang.Shutdown.shutdown"));
        assertThat(found).extracting(r -> r.kind).isEqualTo(Reason.Kind.END_OF_MAIN);
    }

    @Test
    void reason_exit_hasTheCaller() {
        Reason found = reason(
                "main",
                hooks("java.lang.Shutdown.exit", "java.lang.Runtime.exit", "java.lang.System.exit", "App.main"));
        assertThat(found).isNotNull();
        assertThat(found.kind).isEqualTo(Reason.Kind.SYSTEM_EXIT);
        assertThat(found.caller).isEqualTo(frame("App.main"));
    }

    @Test
    void reason_exitAtTheBottomOfTheStack_hasNoCaller() {
        Reason found = reason("main", hooks("java.lang.Shutdown.exit", "java.lang.Runtime.exit"));
        assertThat(found).isNotNull();
        assertThat(found.caller).isNull();
    }

    @Test
    void reason_exitOnASignalsThread_isTheSignal() {
        Reason found = reason(
                "SIGTERM handler",
                hooks("java.lang.Shutdown.exit", "java.lang.Terminator$1.handle", "jdk.internal.misc.Signal$1.run"));
        assertThat(found).isNotNull();
        assertThat(found.kind).isEqualTo(Reason.Kind.SIGNAL);
        assertThat(found.signal).isEqualTo("TERM");
    }

    @Test
    void reason_exitOnAThreadThatOnlyHasTheNameOfOne_isSystemExit() {
        Reason found = reason("SIGTERM handler", hooks("java.lang.Shutdown.exit", "App.main"));
        assertThat(found).isNotNull();
        assertThat(found.kind).isEqualTo(Reason.Kind.SYSTEM_EXIT);
    }

    @Test
    void reason_threadsThatOnlyWait_areNotTheOne() {
        assertThat(reason("main", "java.lang.Shutdown.exit", "java.lang.Runtime.exit", "App.other"))
                .isNull();
        assertThat(reason("SIGTERM handler", "java.lang.Thread.sleep", "App.handle"))
                .isNull();
        assertThat(reason("atexit-runner")).isNull();
    }

    @Test
    void find_nobodyRunsHooks_isAnExitByAVirtualThread() {
        Reason found = ReasonFinder.find();
        assertThat(found.kind).isEqualTo(Reason.Kind.SYSTEM_EXIT);
        assertThat(found.caller).isNull();
    }
}
