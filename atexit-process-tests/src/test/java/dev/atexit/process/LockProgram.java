package dev.atexit.process;

import dev.atexit.file.PidFile;
import dev.atexit.lock.FileLocks;
import dev.atexit.lock.HeldLock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;

/** Takes locks and pid files as it is told on standard input, one word and one path a line, and says what came of it. */
final class LockProgram {
    private LockProgram() {}

    public static void main(String[] args) throws IOException {
        say(Ending.LINE);
        HeldLock lock = null;
        PidFile pidFile = null;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "lock" -> {
                    Optional<HeldLock> taken = FileLocks.tryAcquire(Path.of(words[1]));
                    lock = taken.orElse(null);
                    say(taken.isPresent() ? "won" : "lost");
                }
                case "unlock" -> {
                    if (lock != null) {
                        lock.close();
                        lock = null;
                    }
                    say("done");
                }
                case "pid" -> {
                    try {
                        pidFile = PidFile.write(Path.of(words[1]));
                        say("won");
                    } catch (FileAlreadyExistsException taken) {
                        say("lost " + taken.getMessage());
                    }
                }
                case "unpid" -> {
                    if (pidFile != null) {
                        pidFile.close();
                        pidFile = null;
                    }
                    say("done");
                }
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
