package dev.atexit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Classes are what a short program pays for its handlers: each costs about a quarter of a millisecond. */
class QuietExitTest {
    private static final int BUDGET = 16;

    @Test
    void exit_quiet_loadsFewClassesOfOurs() throws Exception {
        ChildJvm.Ended ended = ChildJvm.running(QuietExitProgram.class)
                .jvm("-Xlog:class+load:stdout:none")
                .run();
        List<String> ours = ended.out().stream()
                .map(line -> line.substring(0, Math.max(0, line.indexOf(' '))))
                .filter(name -> name.startsWith("dev.atexit.") && !name.startsWith("dev.atexit.process."))
                .toList();
        assertThat(ours).contains("dev.atexit.AtExit").hasSizeLessThanOrEqualTo(BUDGET);
    }

    @Test
    void exit_quiet_startsNoLambdaAndNoLogging() throws Exception {
        ChildJvm.Ended ended = ChildJvm.running(QuietExitProgram.class)
                .jvm("-Xlog:class+load:stdout:none")
                .run();
        List<String> dear = ended.out().stream()
                .filter(line -> (line.contains("Lambda") && line.contains("dev.atexit"))
                        || line.startsWith("java.util.logging."))
                .toList();
        assertThat(dear).isEmpty();
    }
}
