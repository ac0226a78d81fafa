package dev.atexit.internal.exit;

import java.util.ArrayDeque;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Runs short random programs of several threads on the handler stack, and looks for an order of their calls in which a
 * plain stack gives the same answers.
 */
class HandlerStackLincheckTest {
    private static final int THREADS = 3;

    @Test
    void handlerStack_interleavedInEveryWayTried_behavesAsAPlainStack() {
        check(new ModelCheckingOptions().iterations(15).invocationsPerIteration(200));
    }

    @Test
    void handlerStack_underStress_behavesAsAPlainStack() {
        check(new StressOptions().iterations(15).invocationsPerIteration(500));
    }

    private static void check(Options<?, ?> options) {
        options.threads(THREADS)
                .actorsPerThread(4)
                .actorsBefore(3)
                .actorsAfter(3)
                .sequentialSpecification(PlainStack.class)
                .check(Calls.class);
    }

    /** The calls as a program makes them. A handle is used by the thread that has registered. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static final class Calls {
        private final HandlerStack stack = new HandlerStack(ExitScope.detached(null));
        private final @Nullable NumberedTask[] newestOf = new NumberedTask[THREADS + 2];
        private final int[] registeredBy = new int[THREADS + 2];

        /** Registers; false if it was too late. */
        @Operation
        public boolean register(@Param(name = "thread") int thread) {
            NumberedTask task = new NumberedTask(thread * 100 + ++registeredBy[thread], false);
            try {
                stack.push(task);
            } catch (IllegalStateException late) {
                return false;
            }
            newestOf[thread] = task;
            return true;
        }

        /** Registers something that clear() leaves alone. */
        @Operation
        public boolean registerKept(@Param(name = "thread") int thread) {
            NumberedTask task = new NumberedTask(thread * 100 + ++registeredBy[thread], true);
            try {
                stack.push(task);
            } catch (IllegalStateException late) {
                return false;
            }
            return true;
        }

        @Operation
        public boolean unregister(@Param(name = "thread") int thread) {
            NumberedTask task = newestOf[thread];
            return task != null && task.unregister();
        }

        @Operation
        public boolean unregisterEqual(@Param(name = "thread") int thread) {
            NumberedTask task = newestOf[thread];
            return task != null && stack.removeMatching(task.number);
        }

        @Operation
        public boolean isPending(@Param(name = "thread") int thread) {
            NumberedTask task = newestOf[thread];
            return task != null && task.isPending();
        }

        @Operation
        public void clear() {
            stack.clear();
        }

        @Operation
        public int count() {
            return stack.count();
        }

        /** Takes the next one to run; 0 if there is none. */
        @Operation
        public int take() {
            NumberedTask task = (NumberedTask) stack.take();
            return task == null ? 0 : task.number;
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

    /** The same without threads. */
    public static final class PlainStack {
        private record Entry(int number, boolean kept) {}

        private final ArrayDeque<Entry> entries = new ArrayDeque<>();
        private final int[] newestOf = new int[THREADS + 2];
        private final int[] registeredBy = new int[THREADS + 2];
        private boolean exiting;
        private boolean closed;

        public boolean register(int thread) {
            int number = thread * 100 + ++registeredBy[thread];
            if (!closed) {
                entries.push(new Entry(number, false));
                newestOf[thread] = number;
            }
            return !closed;
        }

        public boolean registerKept(int thread) {
            int number = thread * 100 + ++registeredBy[thread];
            if (!closed) {
                entries.push(new Entry(number, true));
            }
            return !closed;
        }

        public boolean unregister(int thread) {
            return entries.removeIf(entry -> entry.number == newestOf[thread]);
        }

        public boolean unregisterEqual(int thread) {
            return unregister(thread);
        }

        public boolean isPending(int thread) {
            return entries.stream().anyMatch(entry -> entry.number == newestOf[thread]);
        }

        public void clear() {
            entries.removeIf(entry -> !entry.kept);
        }

        public int count() {
            return (int) entries.stream().filter(entry -> !entry.kept).count();
        }

        public int take() {
            Entry entry = entries.poll();
            return entry == null ? 0 : entry.number;
        }

        public void beginExit() {
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
