package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Random scopes against the same scopes written by hand, with nothing but the statements of the language. */
class ExitStackPropertyTest {
    private static final int NONE = -1;

    private enum Kind {
        RESOURCE,
        CALLBACK,
        BOUND,
        SEES,
        SUPPRESSES,
        SUPPRESSES_CHECKED,
        RETHROWS
    }

    /** One thing to undo: which exceptions it throws, by number, when it is opened and when it is undone. */
    private record Piece(Kind kind, String name, int failsToOpen, int fails) {}

    private record Scope(List<Piece> pieces, int bodyFails) {
        static Scope random(Random random, int size, int kinds) {
            List<Piece> pieces = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Kind kind = Kind.values()[random.nextInt(kinds)];
                int open = random.nextInt(30) == 0 ? random.nextInt(4) : NONE;
                pieces.add(new Piece(kind, kind + "-" + i, open, failure(random)));
            }
            return new Scope(pieces, failure(random));
        }

        Scope withoutFailuresBeforeTheEnd() {
            List<Piece> opening = new ArrayList<>();
            for (Piece piece : pieces) {
                opening.add(new Piece(piece.kind, piece.name, NONE, piece.fails));
            }
            return new Scope(opening, NONE);
        }

        /** Few different ones, so that the same comes again. */
        private static int failure(Random random) {
            return random.nextInt(3) == 0 ? random.nextInt(6) : NONE;
        }
    }

    private static final class Checked extends Exception {
        private static final long serialVersionUID = 1;

        Checked(int number) {
            super(String.valueOf(number));
        }
    }

    private static final class Unchecked extends Error {
        private static final long serialVersionUID = 1;

        Unchecked(int number) {
            super(String.valueOf(number));
        }
    }

    /** One run of a scope: its calls, and its exceptions. */
    private static final class Run {
        final List<String> calls = new ArrayList<>();
        final List<Throwable> same = new ArrayList<>();
        private final boolean fresh;

        /** Throws a fresh exception each time, or the same one for the same number. */
        Run(boolean fresh) {
            this.fresh = fresh;
            for (int i = 0; i < 6; i++) {
                same.add(create(i));
            }
        }

        private static Throwable create(int number) {
            return number % 2 == 0 ? new Checked(number) : new Unchecked(number);
        }

        void call(String name, int fails) throws Exception {
            calls.add(name);
            if (fails != NONE) {
                throw ScopeErrors.<Exception>sneak(fresh ? create(fails) : same.get(fails));
            }
        }

        AutoCloseable open(Piece piece) throws Exception {
            call("open " + piece.name, piece.failsToOpen);
            return () -> call("close " + piece.name, piece.fails);
        }

        boolean exit(Piece piece, @Nullable Throwable seen) throws Exception {
            call(piece.name + " sees " + describe(seen), piece.fails);
            return switch (piece.kind) {
                case SUPPRESSES -> true;
                case SUPPRESSES_CHECKED -> seen instanceof Checked;
                case RETHROWS -> {
                    if (seen != null) {
                        throw ScopeErrors.<Exception>sneak(seen);
                    }
                    yield false;
                }
                default -> false;
            };
        }

        /** Fills a stack as the scope says, and then does the body's work. */
        void fill(ExitStack stack, Scope scope) throws Exception {
            for (Piece piece : scope.pieces) {
                switch (piece.kind) {
                    case RESOURCE -> stack.enter(open(piece));
                    case CALLBACK -> {
                        AutoCloseable opened = open(piece);
                        stack.callback(opened::close);
                    }
                    case BOUND -> stack.callback(AutoCloseable::close, open(piece));
                    default -> {
                        call("open " + piece.name, piece.failsToOpen);
                        stack.push(seen -> exit(piece, seen));
                    }
                }
            }
            call("body", scope.bodyFails);
        }
    }

    /** An exception and all that it has suppressed. */
    private static String describe(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "nothing";
        }
        StringBuilder text =
                new StringBuilder(thrown.getClass().getSimpleName()).append(' ').append(thrown.getMessage());
        for (Throwable suppressed : thrown.getSuppressed()) {
            text.append(" (").append(describe(suppressed)).append(')');
        }
        return text.toString();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static @Nullable Throwable thrownBy(Work work) {
        try {
            work.run();
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    // ---- close

    private static void tryStatements(Run run, Scope scope, int from) throws Exception {
        if (from == scope.pieces.size()) {
            run.call("body", scope.bodyFails);
            return;
        }
        try (AutoCloseable opened = run.open(scope.pieces.get(from))) {
            assertThat(opened).isNotNull();
            tryStatements(run, scope, from + 1);
        }
    }

    /** As in {@link #describe}, where the first suppressed exception holds the later ones. */
    private static String describeGrouped(@Nullable Throwable thrown) {
        if (thrown == null || thrown.getSuppressed().length < 2) {
            return describe(thrown);
        }
        Throwable[] suppressed = thrown.getSuppressed();
        StringBuilder text =
                new StringBuilder(describe(create(thrown))).append(" (").append(describe(create(suppressed[0])));
        for (int i = 1; i < suppressed.length; i++) {
            text.append(" (").append(describe(suppressed[i])).append(')');
        }
        return text.append(')').toString();
    }

    private static Throwable create(Throwable like) {
        return Run.create(Integer.parseInt(String.valueOf(like.getMessage())));
    }

    @Property(tries = 3000)
    void tryStatement_anyScope_doesWhatNestedTryStatementsDo(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int size) {
        Scope scope = Scope.random(new Random(seed), size, 3);
        Run byHand = new Run(true);
        Throwable expected = thrownBy(() -> tryStatements(byHand, scope, 0));
        Run byStack = new Run(true);
        boolean[] filled = new boolean[1];
        Throwable actual = thrownBy(() -> {
            try (ExitStack stack = new ExitStack()) {
                byStack.fill(stack, scope);
                filled[0] = true;
            }
        });
        assertThat(byStack.calls).isEqualTo(byHand.calls);
        // After a body that failed the statement itself adds what close() throws: one exception, which holds the
        // others.
        assertThat(describe(actual)).isEqualTo(filled[0] ? describe(expected) : describeGrouped(expected));
    }

    @Property(tries = 2000)
    void close_sameExceptionsAgain_areTheVerySameAndNotSuppressedInThemselves(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int size) {
        Scope scope = Scope.random(new Random(seed), size, 3).withoutFailuresBeforeTheEnd();
        Run byHand = new Run(true);
        Throwable expected = thrownBy(() -> tryStatements(byHand, scope, 0));
        Run byStack = new Run(false);
        ExitStack stack = new ExitStack();
        assertThat(thrownBy(() -> byStack.fill(stack, scope))).isNull();
        Throwable actual = thrownBy(stack::close);
        assertThat(byStack.calls).isEqualTo(byHand.calls);
        if (expected == null) {
            assertThat(actual).isNull();
            return;
        }
        // By hand each one is new, since the language refuses to suppress an exception in itself.
        List<Throwable> others = new ArrayList<>();
        for (Throwable suppressed : expected.getSuppressed()) {
            if (!numberOf(suppressed).equals(numberOf(expected))) {
                others.add(byStack.same.get(Integer.parseInt(numberOf(suppressed))));
            }
        }
        assertThat(actual).isSameAs(byStack.same.get(Integer.parseInt(numberOf(expected))));
        assertThat(actual.getSuppressed()).containsExactlyElementsOf(others);
    }

    private static String numberOf(Throwable thrown) {
        return String.valueOf(thrown.getMessage());
    }

    // ---- using

    private static void catchStatements(Run run, Scope scope, int from) throws Exception {
        if (from == scope.pieces.size()) {
            run.call("body", scope.bodyFails);
            return;
        }
        Piece piece = scope.pieces.get(from);
        run.call("open " + piece.name, piece.failsToOpen);
        try {
            catchStatements(run, scope, from + 1);
        } catch (Throwable inFlight) {
            if (!undo(run, piece, inFlight)) {
                throw inFlight;
            }
            return;
        }
        undo(run, piece, null);
    }

    private static boolean undo(Run run, Piece piece, @Nullable Throwable inFlight) throws Exception {
        try {
            if (piece.kind.compareTo(Kind.BOUND) > 0) {
                return run.exit(piece, inFlight);
            }
            run.call("close " + piece.name, piece.fails);
            return false;
        } catch (Throwable newest) {
            if (inFlight != null && newest != inFlight) {
                newest.addSuppressed(inFlight);
            }
            throw newest;
        }
    }

    @Property(tries = 3000)
    void using_anyScope_doesWhatNestedCatchStatementsDo(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int size) {
        Scope scope = Scope.random(new Random(seed), size, Kind.values().length);
        Run byHand = new Run(true);
        Throwable expected = thrownBy(() -> catchStatements(byHand, scope, 0));
        Run byStack = new Run(true);
        Throwable actual = thrownBy(() -> ExitStack.using(stack -> byStack.fill(stack, scope)));
        assertThat(byStack.calls).isEqualTo(byHand.calls);
        assertThat(describe(actual)).isEqualTo(describe(expected));
    }
}
