package dev.atexit.process.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the shells that watch a process, by what {@code /proc} shows. */
final class Shells {
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final String NAME = "atexit-guardian";
    private static final int SESSION = 3;
    private static final int TERM_BIT = 14;

    private Shells() {}

    static void assumeTheyExist() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "no guardian without /proc");
        assumeTrue(
                Stream.of("/bin/setsid", "/usr/bin/setsid").anyMatch(path -> new File(path).canExecute()),
                "no guardian without setsid");
    }

    /** Waits for a shell that watches a process, and has got as far as ignoring signals; returns its number. */
    static long awaitOne(long watched) {
        return await().atMost(PATIENCE).until(() -> find(watched), pid -> pid > 0);
    }

    /** Waits until all processes of the session of a shell have ended. */
    static void awaitEnd(long shell) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(session(shell)).isEmpty());
    }

    /** A shell that watches a process; -1 if there is none. */
    static long find(long watched) {
        for (long pid : processes()) {
            String[] arguments = read("/proc/" + pid + "/cmdline").split("\0", -1);
            if (arguments.length > 4
                    && arguments[3].equals(NAME)
                    && arguments[4].equals(Long.toString(watched))
                    && field(pid, SESSION).equals(Long.toString(pid))
                    && ignoresTerm(pid)) {
                return pid;
            }
        }
        return -1;
    }

    /** The processes of the session that a shell leads. */
    static List<Long> session(long shell) {
        return processes().stream()
                .filter(pid -> field(pid, SESSION).equals(Long.toString(shell)))
                .filter(pid -> !field(pid, 0).equals("Z"))
                .toList();
    }

    /** What the open files of a process are. */
    static List<String> openFiles(long pid) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path file : files.toList()) {
                found.add(Files.readSymbolicLink(file).toString());
            }
        }
        return found;
    }

    private static boolean ignoresTerm(long pid) {
        return read("/proc/" + pid + "/status")
                .lines()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1 << TERM_BIT) != 0);
    }

    private static List<Long> processes() {
        List<Long> found = new ArrayList<>();
        String[] names = new File("/proc").list();
        for (String name : names == null ? new String[0] : names) {
            if (name.chars().allMatch(Character::isDigit)) {
                found.add(Long.parseLong(name));
            }
        }
        return found;
    }

    /** A field of {@code /proc/PID/stat}, counted from the state on; empty if the process is gone. */
    private static String field(long pid, int index) {
        String stat = read("/proc/" + pid + "/stat");
        return stat.isEmpty() ? "" : stat.substring(stat.lastIndexOf(')') + 2).split(" ")[index];
    }

    private static String read(String path) {
        try {
            return Files.readString(Path.of(path), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }
}
