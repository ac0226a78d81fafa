package dev.atexit.process.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import dev.atexit.AtExit;
import dev.atexit.cli.Main;
import dev.atexit.process.ChildJvm;
import dev.atexit.process.ChildJvm.Ended;
import dev.atexit.report.ReportReader;
import java.io.File;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What reads reports is large, so it is loaded for no other command. */
class CommandClassesTest {
    private static final String CLASS_PATH = Stream.of(
                    Main.class, AtExit.class, ReportReader.class, CommandLine.class, JsonFactory.class)
            .map(ChildJvm::place)
            .collect(Collectors.joining(File.pathSeparator));

    @ParameterizedTest
    @CsvSource({"--version, false", "ps, false", "report none.json, true"})
    void command_loadsTheReaderOfReports_onlyToReadOne(String words, boolean loads) throws Exception {
        Ended ended = ChildJvm.running(Main.class, words.split(" "))
                .classPath(CLASS_PATH)
                .jvm("-Xlog:class+load")
                .run();

        assertThat(ended.out()).anyMatch(line -> line.contains("dev.atexit.cli.Main"));
        assertThat(ended.out().stream().anyMatch(line -> line.contains(" dev.atexit.report.")))
                .isEqualTo(loads);
        assertThat(ended.out().stream().anyMatch(line -> line.contains(" com.fasterxml.jackson.")))
                .isEqualTo(loads);
    }
}
