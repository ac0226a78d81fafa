package dev.atexit.internal.sweep;

import dev.atexit.internal.journal.Action;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs a program and waits for it, for as long as it may take. */
final class Command {
    private Command() {}

    /** Runs it with nothing to read; returns why it failed, null if it did not. */
    static @Nullable String run(Action.Run action, boolean showOutput) {
        Redirect output = showOutput ? Redirect.INHERIT : Redirect.DISCARD;
        Process process;
        try {
            process = new ProcessBuilder(action.command)
                    .directory(action.directory.toFile())
                    .redirectOutput(output)
                    .redirectError(output)
                    .start();
            process.getOutputStream().close();
        } catch (IOException | UnsupportedOperationException notStarted) {
            return "could not be started: " + notStarted.getMessage();
        }
        try {
            if (!process.waitFor(action.timeoutNanos, TimeUnit.NANOSECONDS)) {
                end(process);
                return "did not end in time, and was killed";
            }
        } catch (InterruptedException asked) {
            end(process);
            Thread.currentThread().interrupt();
            return "was interrupted, and killed";
        }
        return process.exitValue() == 0 ? null : "ended with status " + process.exitValue();
    }

    /** Kills it, and what it has started as far as that can be found: its children first, whose parent tells them. */
    private static void end(Process process) {
        List<ProcessHandle> below = process.descendants().collect(Collectors.toList());
        process.destroyForcibly();
        for (ProcessHandle child : below) {
            child.destroyForcibly();
        }
    }

    static String text(Action.Run action) {
        return String.join(" ", action.command);
    }
}
