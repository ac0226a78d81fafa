package dev.atexit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.signal.Signals;
import org.junit.jupiter.api.Test;

/** Signals in real processes: they belong to the process, so nothing of it can be tried in this one. */
class SignalsTest {
    @Test
    void exitStatus_termComes_programEndsWithIt() throws Exception {
        ChildJvm.Ended ended = ended("status", "TERM");
        assertThat(ended.status()).as(ended.all()).isZero();
        assertThat(ended.out()).endsWith("handler");
    }

    @Test
    void exitStatus_actionOnTheSameSignal_runsFirst() throws Exception {
        ChildJvm.Ended ended = ended("both", "TERM");
        assertThat(ended.status()).as(ended.all()).isEqualTo(7);
        assertThat(ended.out()).endsWith("action", "handler");
    }

    @Test
    void on_severalActions_runLatestFirstAndThenWhatWasThereBefore() throws Exception {
        try (ChildJvm child = ChildJvm.running(SignalsProgram.class, "chain").start()) {
            child.awaitLine(Ending.LINE);
            child.signal("USR1");
            child.awaitLine("by hand");
            child.signal("TERM");
            ChildJvm.Ended ended = child.await();
            assertThat(ended.status()).as(ended.all()).isEqualTo(143);
            assertThat(ended.out()).endsWith("newer", "older", "by hand", "handler");
            assertThat(ended.err())
                    .contains("[atexit] action on SIGUSR1 failed: java.lang.IllegalStateException: broken");
        }
    }

    @Test
    void unregister_lastAction_signalDoesAgainWhatItDidBefore() throws Exception {
        try (ChildJvm child =
                ChildJvm.running(SignalsProgram.class, "take-back").start()) {
            child.awaitLine(Ending.LINE);
            child.signal("TERM");
            child.awaitLine("action");
            child.signal("HUP");
            child.awaitLine("taken back: true, pending: false");
            child.signal("TERM");
            ChildJvm.Ended ended = child.await();
            assertThat(ended.status()).as(ended.all()).isEqualTo(143);
            assertThat(ended.out()).endsWith("handler");
        }
    }

    @Test
    void on_signalThatIsKept_isRefusedByName() throws Exception {
        ChildJvm.Ended ended = ChildJvm.running(
                        SignalsProgram.class, "refused", "KILL,STOP,QUIT,SEGV,FPE,ILL,BUS,NOPE,")
                .run();
        assertThat(ended.out().subList(0, 9))
                .allSatisfy(line -> assertThat(line)
                        .startsWith("refused: ")
                        .endsWith("signal must be one such as HUP, TERM, INT, USR1 or WINCH"));
        assertThat(ended.out().get(0)).contains("SIGKILL");
    }

    @Test
    void on_jvmWithReducedSignals_warnsOnce() throws Exception {
        try (ChildJvm child =
                ChildJvm.running(SignalsProgram.class, "xrs").jvm("-Xrs").start()) {
            child.awaitLine(Ending.LINE);
            child.signal("TERM");
            ChildJvm.Ended ended = child.await();
            assertThat(ended.status()).as(ended.all()).isEqualTo(143);
            assertThat(ended.err())
                    .containsExactly("[atexit] signals cannot be handled: the JVM was started with -Xrs");
        }
    }

    @Test
    void on_imageWithoutTheModule_warnsOnce() throws Exception {
        try (ChildJvm child = ChildJvm.running(SignalsProgram.class, "none")
                .jvm("--limit-modules", "java.base")
                .start()) {
            child.awaitLine(Ending.LINE);
            child.signal("TERM");
            ChildJvm.Ended ended = child.await();
            assertThat(ended.status()).as(ended.all()).isEqualTo(143);
            assertThat(ended.err())
                    .containsExactly("[atexit] signals cannot be handled: this Java has no module jdk.unsupported");
            assertThat(ended.out()).endsWith("handler");
        }
    }

    @Test
    void exitStatus_outOfRange_namesTheParameter() {
        assertThatThrownBy(() -> Signals.exitStatus("TERM", 256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("status must be from 0 to 255, but is 256");
        assertThatThrownBy(() -> Signals.exitStatus("TERM", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Signals.on("TERM", null)).hasMessage("action");
    }

    private static ChildJvm.Ended ended(String program, String signal) throws Exception {
        try (ChildJvm child = ChildJvm.running(SignalsProgram.class, program).start()) {
            child.awaitLine(Ending.LINE);
            child.signal(signal);
            return child.await();
        }
    }
}
