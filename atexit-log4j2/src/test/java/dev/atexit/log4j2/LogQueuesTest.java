package dev.atexit.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AsyncAppender;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.junit.jupiter.api.Test;

class LogQueuesTest {
    private final LoggerContext context = new LoggerContext("test");
    private final Configuration configuration = new DefaultConfiguration();

    @Test
    void appenders_handLinesToEachOther_outerOnesComeFirst() {
        // Whatever order the map of Log4j has them in: one of these two is against it.
        for (Map<String, String> chain :
                List.of(Map.of("a", "b", "b", "c", "c", "file"), Map.of("c", "b", "b", "a", "a", "file"))) {
            Configuration chained = new DefaultConfiguration();
            chain.forEach((name, inner) -> addAsync(chained, name, inner));
            List<AsyncAppender> ordered = new LogQueues(context, chained).outerToInner();
            String outermost = chain.get("c").equals("b") ? "c" : "a";
            assertThat(ordered).extracting(AsyncAppender::getName).containsExactly(outermost, "b", chain.get("b"));
        }
    }

    @Test
    void appender_ofALogger_comesBeforeOneThatIsBehindAnother() {
        addAsync(configuration, "behind", "file");
        addAsync(configuration, "outer", "rewrite");
        configuration.getRootLogger().addAppender(configuration.getAppender("outer"), null, null);
        assertThat(new LogQueues(context, configuration).outerToInner())
                .extracting(AsyncAppender::getName)
                .containsExactly("outer", "behind");
    }

    @Test
    void appenders_goInCircles_eachIsThereOnce() {
        addAsync(configuration, "a", "b");
        addAsync(configuration, "b", "a");
        assertThat(new LogQueues(context, configuration).outerToInner()).hasSize(2);
    }

    @Test
    void lines_noAsynchronousLogging_areNone() {
        LogQueues queues = new LogQueues(context, configuration);
        assertThat(queues.linesInRing()).isZero();
        assertThat(queues.linesBehindLoggers()).isZero();
        assertThat(queues.linesGivenUp()).isZero();
    }

    private static void addAsync(Configuration configuration, String name, String inner) {
        configuration.addAppender(AsyncAppender.newBuilder()
                .setName(name)
                .setConfiguration(configuration)
                .setAppenderRefs(new AppenderRef[] {AppenderRef.createAppenderRef(inner, null, null)})
                .build());
    }
}
