package dev.atexit.process.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guardian where {@code /bin/sh} is busybox, as in small containers: it works, and is small. */
class BusyboxTest {
    /** What the guardian alone costs; how many others share the C library with it, no test can say. */
    private static final long MAX_PRIVATE_KB = 1024;

    @TempDir
    private Path directory;

    private static String busybox;

    @BeforeAll
    static void needBusybox() throws Exception {
        Shells.assumeTheyExist();
        busybox = Stream.of("/bin/busybox", "/usr/bin/busybox")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElse("");
        assumeTrue(!busybox.isEmpty(), "there is no busybox here");
        int status = new ProcessBuilder("/bin/sh", "-c", asShell() + " true 2>/dev/null")
                .start()
                .waitFor();
        assumeTrue(status == 0, "busybox can be put in the place of /bin/sh only where mounts may be made");
    }

    /** What runs a command with busybox as its {@code /bin/sh}, and all others without. */
    private static String asShell() {
        return "unshare --mount /bin/sh -c 'mount --bind " + busybox + " \"$(readlink -f /bin/sh)\" && exec \"$@\"' sh";
    }

    private ChildJvm.Builder program() {
        return Watched.prepare(directory)
                .startedBy("/bin/sh", "-c", "exec " + asShell() + " env --default-signal=HUP,INT \"$@\"", "sh");
    }

    @Test
    void kill_busyboxAsShell_leavesNothingAndIsSmall() throws Exception {
        try (Watched watched = Watched.start(program(), directory)) {
            assertThat(Files.isSameFile(Path.of("/proc/" + watched.shell() + "/exe"), Path.of(busybox)))
                    .as("busybox is the shell")
                    .isTrue();
            // A shell that can read with a time limit needs no second one.
            await().atMost(Shells.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(Shells.session(watched.shell())).hasSize(1));
            System.out.println("guardian on busybox: " + memory(watched.shell()));
            assertThat(ownKilobytes(watched.shell())).isLessThanOrEqualTo(MAX_PRIVATE_KB);
            watched.child().signal("KILL");
            watched.assertGoneAndCleanedUp();
        }
    }

    @Test
    void exit_busyboxAsShell_endsTheGuardian() throws Exception {
        try (Watched watched = Watched.start(program(), directory)) {
            watched.child().tell("exit");
            ChildJvm.Ended ended = watched.child().await();
            assertThat(ended.status()).as(ended.all()).isZero();
            assertThat(ended.err()).isEmpty();
            watched.assertGoneAndCleanedUp();
        }
    }

    private static String memory(long pid) throws IOException {
        return "PSS " + kilobytes(pid, "Pss:") + " kB, of which nobody else maps " + ownKilobytes(pid) + " kB, RSS "
                + kilobytes(pid, "Rss:") + " kB";
    }

    private static long ownKilobytes(long pid) throws IOException {
        return kilobytes(pid, "Private_Clean:") + kilobytes(pid, "Private_Dirty:");
    }

    private static long kilobytes(long pid, String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no " + field);
    }
}
