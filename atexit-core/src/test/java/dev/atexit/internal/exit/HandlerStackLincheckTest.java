package dev.atexit.internal.exit;

import java.util.ArrayDeque;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/**
 * Runs short random programs of several threads on the handler stack, and looks for an order of their calls in which a
 * plain stack gives the same answers. Two kinds of program, so that each has calls that meet: handlers that are run and
 * taken back, and the end of the exit.
 */
class HandlerStackLincheckTest {
    private static final int THREADS = 3;

    /** Handlers that are there from the start, so that every thread may take back each of them. */
    private static final int THERE = 3;

    @Test
    void handles_interleavedInEveryWayTried_behaveAsThoseOfAPlainStack() {
        check(
                new ModelCheckingOptions().iterations(12).invocationsPerIteration(100),
                Handles.class,
                PlainHandles.class);
    }

    @Test
    void handles_underStress_behaveAsThoseOfAPlainStack() {
        check(new StressOptions().iterations(12).invocationsPerIteration(300), Handles.class, PlainHandles.class);
    }

    @Test
    void endOfTheExit_interleavedInEveryWayTried_behavesAsThatOfAPlainStack() {
        check(
                new ModelCheckingOptions().iterations(12).invocationsPerIteration(100),
                EndOfTheExit.class,
                PlainEnd.class);
    }

    @Test
    void endOfTheExit_underStress_behavesAsThatOfAPlainStack() {
        check(new StressOptions().iterations(12).invocationsPerIteration(300), EndOfTheExit.class, PlainEnd.class);
    }

    private static void check(Options<?, ?> options, Class<?> calls, Class<?> plain) {
        options.threads(THREADS)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(3)
                .sequentialSpecification(plain)
                .check(calls);
    }

    private static boolean push(HandlerStack stack, NumberedTask task) {
        try {
            stack.push(task);
            return true;
        } catch (IllegalStateException late) {
            return false;
        }
    }

    /** Takes the next one to run; 0 if there is none. */
    private static int take(HandlerStack stack) {
        NumberedTask task = (NumberedTask) stack.take();
        return task == null ? 0 : task.number;
    }

    /** Registers, runs and takes back, also when the exit begins meanwhile. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    @Param(name = "number", gen = IntGen.class, conf = "1:" + THERE)
    public static final class Handles {
        private final HandlerStack stack = new HandlerStack(ExitScope.detached(null));
        private final NumberedTask[] there = new NumberedTask[THERE + 1];
        private final int[] registeredBy = new int[THREADS + 2];

        public Handles() {
            for (int number = 1; number <= THERE; number++) {
                there[number] = new NumberedTask(number, PlainStack.kept(number));
                stack.push(there[number]);
            }
        }

        /** Registers one with a number of its own; false if it was too late. */
        @Operation
        public boolean register(@Param(name = "thread") int thread) {
            int number = (thread + 1) * 100 + ++registeredBy[thread];
            return push(stack, new NumberedTask(number, PlainStack.kept(number)));
        }

        @Operation
        public boolean unregister(@Param(name = "number") int number) {
            return there[number].unregister();
        }

        @Operation
        public boolean unregisterEqual(@Param(name = "number") int number) {
            return stack.removeMatching(number);
        }

        @Operation
        public boolean isPending(@Param(name = "number") int number) {
            return there[number].isPending();
        }

        @Operation
        public void clear() {
            stack.clear();
        }

        @Operation
        public int count() {
            return stack.count();
        }

        @Operation
        public int take() {
            return HandlerStackLincheckTest.take(stack);
        }

        @Operation
        public void beginExit() {
            stack.closeWhenEmpty("late");
        }

        /** The end of a run; true if nothing came meanwhile. */
        @Operation
        public boolean close() {
            return stack.close();
        }

        @Operation
        public void cut() {
            stack.cut();
        }
    }

    /** Registers while the exit, which has begun, ends. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static final class EndOfTheExit {
        private final HandlerStack stack = new HandlerStack(ExitScope.detached(null));
        private final int[] registeredBy = new int[THREADS + 2];

        public EndOfTheExit() {
            stack.closeWhenEmpty("late");
        }

        /** Registers one with a number of its own; false if it was too late. */
        @Operation
        public boolean register(@Param(name = "thread") int thread) {
            int number = (thread + 1) * 100 + ++registeredBy[thread];
            return push(stack, new NumberedTask(number, PlainStack.kept(number)));
        }

        @Operation
        public int take() {
            return HandlerStackLincheckTest.take(stack);
        }

        /** The end of a run; true if nothing came meanwhile. */
        @Operation
        public boolean close() {
            return stack.close();
        }
    }

    /** The same without threads. */
    public static class PlainStack {
        private final ArrayDeque<Integer> entries = new ArrayDeque<>();
        private final int[] registeredBy = new int[THREADS + 2];
        private boolean exiting;
        private boolean closed;

        PlainStack(int there) {
            for (int number = 1; number <= there; number++) {
                entries.push(number);
            }
        }

        /** Left alone by clear(). */
        static boolean kept(int number) {
            return number % 2 == 0;
        }

        public boolean register(int thread) {
            int number = (thread + 1) * 100 + ++registeredBy[thread];
            if (!closed) {
                entries.push(number);
            }
            return !closed;
        }

        public boolean unregister(int number) {
            return entries.remove(number);
        }

        public boolean unregisterEqual(int number) {
            return entries.remove(number);
        }

        public boolean isPending(int number) {
            return entries.contains(number);
        }

        public void clear() {
            entries.removeIf(number -> !kept(number));
        }

        public int count() {
            return (int) entries.stream().filter(number -> !kept(number)).count();
        }

        public int take() {
            Integer number = entries.poll();
            return number == null ? 0 : number;
        }

        public final void beginExit() {
            exiting = true;
        }

        public boolean close() {
            closed |= exiting && entries.isEmpty();
            return entries.isEmpty();
        }

        public void cut() {
            closed |= exiting;
        }
    }

    /** With those that are there from the start. */
    public static final class PlainHandles extends PlainStack {
        public PlainHandles() {
            super(THERE);
        }
    }

    /** With none, when the exit has begun. */
    public static final class PlainEnd extends PlainStack {
        public PlainEnd() {
            super(0);
            beginExit();
        }
    }

    private static final class NumberedTask extends Task {
        final int number;
        private final boolean kept;

        NumberedTask(int number, boolean kept) {
            this.number = number;
            this.kept = kept;
        }

        @Override
        protected void run() {}

        @Override
        protected void release() {}

        @Override
        public String label() {
            return String.valueOf(number);
        }

        @Override
        public boolean kept() {
            return kept;
        }

        @Override
        protected boolean matches(Object handler) {
            return handler.equals(number);
        }
    }
}
