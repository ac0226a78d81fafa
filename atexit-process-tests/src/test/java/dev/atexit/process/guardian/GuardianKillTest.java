package dev.atexit.process.guardian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Every way in which a program ends without running a handler. */
@Execution(ExecutionMode.CONCURRENT)
class GuardianKillTest {
    @TempDir
    private Path directory;

    @BeforeAll
    static void needsShells() {
        Shells.assumeTheyExist();
    }

    private ChildJvm.Builder program() {
        return Watched.prepare(directory);
    }

    @Test
    void kill_ofTheProcess_leavesNothing() throws Exception {
        try (Watched watched = Watched.start(program(), directory)) {
            watched.child().signal("KILL");
            watched.assertGoneAndCleanedUp();
            assertThat(watched.child().await().status()).isEqualTo(137);
        }
    }

    @Test
    void kill_ofTheProcessGroup_leavesNothing() throws Exception {
        try (Watched watched = Watched.start(program().startedBy("setsid"), directory)) {
            assertThat(signalGroup("KILL", watched.child().pid())).isZero();
            watched.assertGoneAndCleanedUp();
            assertThat(watched.child().await().status()).isEqualTo(137);
        }
    }

    @Test
    void halt_ofTheRuntime_leavesNothing() throws Exception {
        try (Watched watched = Watched.start(program(), directory)) {
            watched.child().tell("halt");
            watched.assertGoneAndCleanedUp();
            assertThat(watched.child().await().status()).isZero();
        }
    }

    @Test
    void crash_ofTheJvm_leavesNothing() throws Exception {
        ChildJvm.Builder program = program()
                .startedBy("/bin/sh", "-c", "ulimit -c 0; exec \"$@\"", "sh")
                .jvm("-XX:ErrorFile=" + directory.resolve("crash.log"));
        try (Watched watched = Watched.start(program, directory)) {
            watched.child().signal("SEGV");
            watched.assertGoneAndCleanedUp();
            assertThat(watched.child().await().status()).isEqualTo(134);
        }
    }

    @Test
    void memory_isFullAndTheJvmIsToldToEnd_leavesNothing() throws Exception {
        ChildJvm.Builder program = program().jvm("-Xmx16m", "-XX:+ExitOnOutOfMemoryError");
        try (Watched watched = Watched.start(program, directory)) {
            watched.child().tell("memory");
            watched.assertGoneAndCleanedUp();
            assertThat(watched.child().await().status()).isEqualTo(3);
        }
    }

    @Test
    void kill_whileAnotherProcessHoldsThePipeOpen_isFoundOutAllTheSame() throws Exception {
        try (Watched watched = Watched.start(program(), directory)) {
            Process holder = holdOpen(watched);
            try {
                watched.child().signal("KILL");
                watched.assertGoneAndCleanedUp();
                assertThat(holder.isAlive()).isTrue();
            } finally {
                holder.destroyForcibly();
            }
        }
    }

    /** Opens the write end of the pipe to the shell once more, in a process that stays. */
    private Process holdOpen(Watched watched) throws Exception {
        Process holder = new ProcessBuilder(
                        "/bin/sh", "-c", "exec 3>/proc/" + watched.shell() + "/fd/0 && echo held && exec sleep 600")
                .redirectErrorStream(true)
                .start();
        assertThat(holder.inputReader().readLine()).isEqualTo("held");
        return holder;
    }

    private static int signalGroup(String name, long group) throws Exception {
        return new ProcessBuilder("kill", "-" + name, "--", "-" + group)
                .inheritIO()
                .start()
                .waitFor();
    }
}
