package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.support.CPython;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random programs, run by CPython's {@code atexit} and by ours: the same calls in the same order, the same errors.
 *
 * <p>The programs stay clear of two departures. What a running handler registers runs next here, and is dropped there,
 * or runs when the handler has cleared before: such handlers only note that they ran, and are left out of the
 * comparison. A handler has left the stack when it runs here, and there it is compared until the run is over: so a
 * program in which handlers unregister has none whose {@code equals} throws, and none runs the handlers again.
 *
 * <p>From 3.14 on CPython runs a copy of its list, so that a handler takes back nothing any more, and compares the newest
 * first. What hangs on that is compared with the older ones only.
 */
class AtExitCPythonTest {
    private static final int PROGRAMS = 2000;
    private static final String STATEMENTS = " ";
    private static final String REGISTERS_ANOTHER = "r:1:1:: r:2:2::n20.3 run";
    private static final String TAKES_BACK = "r:1:1:: r:2:2::u1 run";

    /** Handlers that unregister or clear, or whose equals throws. */
    private static final Pattern NOT_OF_A_COPY = Pattern.compile("r:\\d+:\\d+:(b?e|b?:([^ ]*,)?[uc])");

    @TempDir
    Path dir;

    // ---- the programs

    /**
     * A program: {@code r:NUMBER:KEY:FLAGS:ACTIONS} registers a handler, {@code u:KEY} unregisters all that are equal,
     * {@code c} clears and {@code run} runs. Flags: b has a bound argument, e has an equals that throws. Actions: x throws,
     * uKEY unregisters, c clears, nNUMBER.KEY and nNUMBER.KEY.x register another.
     */
    private static String program(Random random) {
        List<String> statements = new ArrayList<>();
        boolean strangeEquals = random.nextInt(4) == 0;
        int keys = 1 + random.nextInt(6);
        int numbers = 0;
        for (int i = random.nextInt(25); i > 0; i--) {
            int kind = random.nextInt(20);
            if (kind < 14) {
                String flags =
                        (random.nextInt(3) == 0 ? "b" : "") + (strangeEquals && random.nextInt(4) == 0 ? "e" : "");
                int number = ++numbers;
                statements.add("r:" + number + ":" + random.nextInt(keys) + ":" + flags + ":"
                        + actions(random, number, keys, !strangeEquals));
            } else if (kind < 18) {
                statements.add("u:" + random.nextInt(keys + 1));
            } else {
                statements.add(kind == 18 && random.nextInt(3) == 0 ? "c" : "run");
            }
        }
        statements.add("run");
        statements.add("run");
        return String.join(STATEMENTS, statements);
    }

    private static String actions(Random random, int number, int keys, boolean mayUnregister) {
        List<String> actions = new ArrayList<>();
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            switch (random.nextInt(8)) {
                case 0, 1 -> actions.add("x");
                case 2 ->
                    actions.add("n" + number + i + "." + random.nextInt(keys) + (random.nextBoolean() ? "" : ".x"));
                case 3 -> actions.add("c");
                default -> {
                    if (mayUnregister) {
                        actions.add("u" + random.nextInt(keys));
                    }
                }
            }
        }
        return String.join(",", actions);
    }

    // ---- our side

    private static final class Interpreter {
        final List<String> calls = new ArrayList<>();
        final List<String> errors = new ArrayList<>();

        String run(String program) {
            for (String statement : program.split(STATEMENTS)) {
                step(statement.split(":", -1));
            }
            return String.join(" ", calls) + " / " + String.join(", ", errors);
        }

        private void step(String[] parts) {
            switch (parts[0]) {
                case "r" -> {
                    Handler handler =
                            new Handler(this, parts[1], parts[2], parts[3].contains("e"), parts[4].split(","));
                    if (parts[3].contains("b")) {
                        AtExit.register(handler, "bound");
                    } else {
                        AtExit.register(handler);
                    }
                }
                case "u" -> {
                    try {
                        AtExit.unregister(new Handler(this, "", parts[1], false));
                    } catch (IllegalStateException thrown) {
                        errors.add(String.valueOf(thrown.getMessage()));
                    }
                }
                case "c" -> AtExit.clear();
                case "run" -> {
                    for (ExitReport.Entry entry : AtExit.runExitHandlers().entries()) {
                        entry.error().ifPresent(error -> errors.add(String.valueOf(error.getMessage())));
                    }
                    calls.add("|");
                }
                default -> throw new IllegalArgumentException(parts[0]);
            }
        }

        void act(String action, String number) {
            String rest = action.isEmpty() ? "" : action.substring(1);
            switch (action.isEmpty() ? ' ' : action.charAt(0)) {
                case ' ' -> {}
                case 'x' -> throw new IllegalStateException("thrown by " + number);
                case 'u' -> AtExit.unregister(new Handler(this, "", rest, false));
                case 'c' -> AtExit.clear();
                case 'n' -> {
                    String[] inner = rest.split("\\.");
                    String[] fails = inner.length > 2 ? new String[] {"x"} : new String[0];
                    AtExit.register(new Handler(this, "n" + inner[0], inner[1], false, fails));
                }
                default -> throw new IllegalArgumentException(action);
            }
        }
    }

    private static final class Handler implements ExitHandler, BoundHandler<String> {
        private final Interpreter interpreter;
        private final String number;
        private final String key;
        private final boolean unequal;
        private final String[] actions;

        Handler(Interpreter interpreter, String number, String key, boolean unequal, String... actions) {
            this.interpreter = interpreter;
            this.number = number;
            this.key = key;
            this.unequal = unequal;
            this.actions = actions;
        }

        @Override
        public void run() {
            interpreter.calls.add(number);
            act();
        }

        @Override
        public void run(String argument) {
            interpreter.calls.add(number + "(" + argument + ")");
            act();
        }

        private void act() {
            for (String action : actions) {
                interpreter.act(action, number);
            }
        }

        @Override
        public boolean equals(Object other) {
            if (unequal) {
                throw new IllegalStateException("equals of " + number);
            }
            return other instanceof Handler handler && handler.key.equals(key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }

    // ---- both

    private static String run(String program) {
        try (RegistryScope scope = new RegistryScope()) {
            assertThat(scope.printed()).isEmpty();
            return new Interpreter().run(program);
        }
    }

    /** Without the handlers that were registered by a running one. */
    private static String comparable(String result) {
        return result.replaceAll("\\bn\\d+ ", "")
                .replaceAll("(, )?thrown by n\\d+", "")
                .replace("/ , ", "/ ");
    }

    @Test
    void programs_runByCPythonAndByUs_callTheSameHandlersAndReportTheSameErrors() throws Exception {
        Random random = new Random(2026);
        List<String> programs = new ArrayList<>();
        programs.add(TAKES_BACK);
        for (int i = 0; i < PROGRAMS; i++) {
            programs.add(program(random));
        }
        List<String> theirs = CPython.run(dir, "atexit_programs.py", programs);
        assertThat(theirs.get(0)).isIn("2 | / ", "2 1 | / ");
        boolean runsACopy = theirs.get(0).contains("1");
        int compared = 0;
        for (int i = 1; i < programs.size(); i++) {
            String program = programs.get(i);
            if (!runsACopy || !NOT_OF_A_COPY.matcher(program).find()) {
                compared++;
                assertThat(comparable(run(program))).as("program %s", program).isEqualTo(comparable(theirs.get(i)));
            }
        }
        assertThat(compared).isGreaterThan(PROGRAMS / 10);
    }

    @Test
    void handlerRegisteredByAHandler_runsNextHere() {
        assertThat(run(REGISTERS_ANOTHER)).isEqualTo("2 n20 1 | / ");
    }

    @Test
    void handlerRegisteredByAHandler_isDroppedByCPython() throws Exception {
        assertThat(CPython.run(dir, "atexit_programs.py", List.of(REGISTERS_ANOTHER)))
                .containsExactly("2 1 | / ");
    }

    @Test
    void handlerTakenBackByAHandler_doesNotRunHere() {
        assertThat(run(TAKES_BACK)).isEqualTo("2 | / ");
    }
}
