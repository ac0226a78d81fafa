package dev.atexit.internal.sweep;

import dev.atexit.internal.journal.Action;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A program that was run and waited for, for as long as it may take. Immutable. */
final class Command {
    /** Why it failed; empty if it did not. */
    final String failure;

    /** What it has printed last, if that is to be told. */
    final String output;

    private Command(String failure, String output) {
        this.failure = failure;
        this.output = output;
    }

    /** Runs it with nothing to read. */
    static Command run(Action.Run action, CommandRule rule) {
        Redirect redirect = rule == CommandRule.SHOW
                ? Redirect.INHERIT
                : rule == CommandRule.TELL ? Redirect.PIPE : Redirect.DISCARD;
        Process process;
        try {
            process = new ProcessBuilder(action.command)
                    .directory(action.directory.toFile())
                    .redirectErrorStream(rule == CommandRule.TELL)
                    .redirectOutput(redirect)
                    .redirectError(redirect)
                    .start();
            process.getOutputStream().close();
        } catch (IOException | UnsupportedOperationException notStarted) {
            return new Command("could not be started: " + notStarted.getMessage(), "");
        }
        if (rule != CommandRule.TELL) {
            return new Command(await(process, action.timeoutNanos), "");
        }
        CommandOutput printed = CommandOutput.of(process);
        String failure = await(process, action.timeoutNanos);
        return new Command(failure, printed.text());
    }

    private static String await(Process process, long timeoutNanos) {
        try {
            if (!process.waitFor(timeoutNanos, TimeUnit.NANOSECONDS)) {
                end(process);
                return "did not end in time, and was killed";
            }
        } catch (InterruptedException asked) {
            end(process);
            Thread.currentThread().interrupt();
            return "was interrupted, and killed";
        }
        return process.exitValue() == 0 ? "" : "ended with status " + process.exitValue();
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
