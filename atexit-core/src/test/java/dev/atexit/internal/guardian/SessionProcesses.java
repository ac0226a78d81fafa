package dev.atexit.internal.guardian;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code /proc} says about processes, and those of a session. */
final class SessionProcesses {
    private static final int STATE = 0;
    private static final int SESSION = 3;
    private static final int START = 19;

    private SessionProcesses() {}

    /** The fields of {@code /proc/PID/stat} from the third on; empty if there is no such process. */
    private static List<String> stat(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" "));
        } catch (IOException ended) {
            return List.of();
        }
    }

    static String start(long pid) {
        return stat(pid).get(START);
    }

    static String state(long pid) {
        List<String> stat = stat(pid);
        return stat.isEmpty() ? "gone" : stat.get(STATE);
    }

    /** The processes of a session that have not ended. */
    static List<Long> of(long session) {
        List<Long> found = new ArrayList<>();
        String[] names = new File("/proc").list();
        for (String name : names == null ? new String[0] : names) {
            if (name.chars().allMatch(Character::isDigit)) {
                List<String> stat = stat(Long.parseLong(name));
                if (!stat.isEmpty()
                        && stat.get(SESSION).equals(Long.toString(session))
                        && !stat.get(STATE).equals("Z")) {
                    found.add(Long.parseLong(name));
                }
            }
        }
        return found;
    }

    /** The memory of a session in kilobytes, with what is shared counted in parts. */
    static long memoryKilobytes(long session) throws IOException {
        long sum = 0;
        for (long pid : of(session)) {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
                if (line.startsWith("Pss:")) {
                    sum += Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        }
        return sum;
    }
}
