package dev.atexit.internal.sweep;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program asks the kernel to change in the file system, as strace tells it: with the path of each open directory. */
final class Spy {
    /** A system call; the paths that it is about, as far as they are told. */
    record Call(String name, List<Path> paths, String line) {
        boolean deletes() {
            return name.startsWith("unlink") || name.equals("rmdir");
        }

        /** Whether it only opens what is there, to change what is in it. */
        boolean opens() {
            return name.startsWith("open") && !line.contains("O_CREAT") && !line.contains("O_TRUNC");
        }
    }

    private static final String CALLS =
            "trace=unlink,unlinkat,rmdir,rename,renameat,renameat2,link,linkat,symlink,symlinkat,"
                    + "chmod,fchmod,fchmodat,chown,fchown,lchown,fchownat,utimensat,truncate,ftruncate,mkdir,mkdirat,mknod,"
                    + "mknodat,open,openat,openat2,creat";
    private static final Pattern CALL = Pattern.compile("^(?:\\d+ +)?([a-z0-9]+)\\((.*)$");
    private static final Pattern PATH =
            Pattern.compile("(?:(?:\\d+|AT_FDCWD)<([^>]*)>(?:, )?)?(?:\"((?:[^\"\\\\]|\\\\.)*)\")?");

    private Spy() {}

    static void assumeItWorks(Path directory) throws IOException, InterruptedException {
        Path said = directory.resolve("strace");
        int status = new ProcessBuilder("/bin/sh", "-c", "strace -f -y -o /dev/null true")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        assumeTrue(
                status == 0,
                "no strace that may trace here: " + Files.readString(said).strip());
    }

    /** The beginning of a command that is spied upon. */
    static List<String> command(Path report) {
        return List.of("strace", "-f", "-y", "-s", "4096", "-e", CALLS, "-e", "signal=none", "-o", report.toString());
    }

    /** The calls that change something, or begin to. */
    static List<Call> read(Path report) throws IOException {
        List<Call> calls = new ArrayList<>();
        for (String line : Files.readAllLines(report)) {
            Matcher call = CALL.matcher(line);
            boolean reads = line.contains("O_RDONLY") && !line.contains("O_CREAT") && !line.contains("O_TRUNC");
            if (call.matches() && !(call.group(1).startsWith("open") && reads)) {
                calls.add(new Call(call.group(1), paths(call.group(2)), line));
            }
        }
        return calls;
    }

    private static List<Path> paths(String arguments) {
        List<Path> paths = new ArrayList<>();
        String told = arguments.replaceAll("\\) = .*$", "");
        Matcher path = PATH.matcher(told);
        while (path.find()) {
            String directory = path.group(1);
            String name = path.group(2);
            if (directory != null || name != null) {
                Path base = Path.of(directory == null ? "/" : directory);
                paths.add(name == null ? base : base.resolve(name).normalize());
            }
        }
        return paths;
    }
}
