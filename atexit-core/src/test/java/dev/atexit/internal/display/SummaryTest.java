package dev.atexit.internal.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.ExitSummary;
import dev.atexit.internal.exit.Task;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final class Named extends Task {
        private final String name;
        private final boolean fails;

        Named(String name, boolean fails) {
            this.name = name;
            this.fails = fails;
        }

        @Override
        protected void run() {
            if (fails) {
                throw new IllegalStateException("as asked");
            }
        }

        @Override
        protected void release() {}

        @Override
        public String name() {
            return name;
        }

        @Override
        public String label() {
            return name;
        }

        @Override
        protected boolean printsStackTrace() {
            return false;
        }
    }

    private static ExitSummary exit(Task... tasks) {
        ExitScope scope = ExitScope.detached(null);
        for (Task task : tasks) {
            scope.register(task);
        }
        return scope.runNow();
    }

    @Test
    void exit_clean_isCountedAndTheSlowestNamed() {
        assertThat(Summary.line(exit(new Named("a\nb", false)), 80))
                .matches("\\[atexit] exit took \\d+\\.\\d s: 1 handler, slowest 'a\\\\nb' \\d+\\.\\d s");
        assertThat(Summary.line(exit(), 80)).matches("\\[atexit] exit took \\d+\\.\\d s: 0 handlers");
    }

    @Test
    void exit_withFailures_endsWithTheirNumber() {
        assertThat(Summary.line(
                        exit(new Named("a", true), new Named("b".repeat(1000), true), new Named("c", false)), 80))
                .startsWith("[atexit] exit took ")
                .contains(": 3 handlers, slowest '")
                .endsWith(" s; 2 failed")
                .hasSizeLessThan(120);
    }
}
