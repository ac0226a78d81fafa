package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.support.CPython;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random scopes, run by CPython's {@code contextlib.ExitStack} and by {@link ExitStack#using}: the same calls, each with the
 * same exception in flight, and the same exception at the end. What Python keeps as the context of an exception is
 * suppressed in ours.
 */
class ExitStackCPythonTest {
    private static final int PROGRAMS = 2000;
    private static final String KINDS = "eeccppppn";
    private static final String ANSWERS = "ffffftoxrw";

    @TempDir
    Path dir;

    /**
     * A scope: {@code e:NUMBER:x} enters a resource that fails to close, {@code c} is a callback, {@code n} one that
     * registers another, {@code p} sees the exception, {@code m} moves everything away, and {@code b} ends the body with an
     * exception. Answers: x throws, t suppresses, o suppresses an odd one, r throws the body's again if it sees that, w a
     * new one for it, f none of these. (One of a callback that is thrown again becomes its own context in CPython.)
     */
    private static String program(Random random) {
        List<String> statements = new ArrayList<>();
        int number = 0;
        for (int i = random.nextInt(12); i > 0; i--) {
            number++;
            if (random.nextInt(40) == 0) {
                statements.add("m:" + number + ":");
                continue;
            }
            char kind = KINDS.charAt(random.nextInt(KINDS.length()));
            String answer = kind == 'p'
                    ? String.valueOf(ANSWERS.charAt(random.nextInt(ANSWERS.length())))
                    : random.nextInt(3) == 0 ? "x" : "f";
            statements.add(kind + ":" + number + ":" + answer);
        }
        if (random.nextInt(3) > 0 || statements.isEmpty()) {
            statements.add("b:" + (number + 1) + ":");
        }
        return String.join(" ", statements);
    }

    private static class Numbered extends Exception {
        private static final long serialVersionUID = 1;

        Numbered(String number) {
            super(number);
        }
    }

    private static final class BodyException extends Numbered {
        private static final long serialVersionUID = 1;

        BodyException(String number) {
            super(number);
        }
    }

    private static void close(List<String> calls, String number, boolean fails) throws Numbered {
        calls.add(number);
        if (fails) {
            throw new Numbered(number);
        }
    }

    private static void fill(List<String> calls, ExitStack stack, String[] parts) throws Numbered {
        String number = parts[1];
        String answer = parts[2];
        boolean fails = answer.equals("x");
        switch (parts[0]) {
            case "e" -> stack.enter(() -> close(calls, number, fails));
            case "c" -> stack.callback(() -> close(calls, number, fails));
            case "p" -> stack.push(seen -> answer(calls, number, answer, seen));
            case "n" ->
                stack.callback(() -> {
                    calls.add(number);
                    stack.callback(() -> close(calls, number + "0", fails));
                });
            case "m" -> stack.popAll();
            case "b" -> throw new BodyException(number);
            default -> throw new IllegalArgumentException(parts[0]);
        }
    }

    private static boolean answer(List<String> calls, String number, String answer, @Nullable Throwable seen)
            throws Exception {
        calls.add(number + "<" + (seen == null ? "none" : seen.getMessage()));
        if (answer.equals("x") || answer.equals("w")) {
            throw new Numbered(number);
        }
        if (answer.equals("r") && seen instanceof BodyException fromBody) {
            throw fromBody;
        }
        return answer.equals("t")
                || answer.equals("o") && seen != null && Integer.parseInt(String.valueOf(seen.getMessage())) % 2 == 1;
    }

    private static String run(String program) {
        List<String> calls = new ArrayList<>();
        Throwable thrown = null;
        try {
            ExitStack.using(stack -> {
                for (String statement : program.split(" ")) {
                    fill(calls, stack, statement.split(":", -1));
                }
            });
        } catch (Exception error) {
            thrown = error;
        }
        return String.join(" ", calls) + " / " + chain(thrown);
    }

    private static String chain(@Nullable Throwable thrown) {
        List<String> chain = new ArrayList<>();
        for (Throwable at = thrown; at != null; ) {
            chain.add(String.valueOf(at.getMessage()));
            assertThat(at.getSuppressed()).hasSizeLessThan(2);
            at = at.getSuppressed().length == 0 ? null : at.getSuppressed()[0];
        }
        return String.join(">", chain);
    }

    /** After a body that ended well CPython forgets all but the newest exception: then only that one is compared. */
    private static String comparable(String program, String result) {
        return program.contains("b:") ? result : result.replaceFirst(">.*", "");
    }

    @Test
    void scopes_runByCPythonAndByUs_doTheSame() throws Exception {
        Random random = new Random(2026);
        List<String> programs = new ArrayList<>();
        for (int i = 0; i < PROGRAMS; i++) {
            programs.add(program(random));
        }
        List<String> theirs = CPython.run(dir, "contextlib_programs.py", programs);
        for (int i = 0; i < PROGRAMS; i++) {
            String program = programs.get(i);
            assertThat(comparable(program, run(program)))
                    .as("scope %s", program)
                    .isEqualTo(comparable(program, theirs.get(i)));
        }
    }
}
