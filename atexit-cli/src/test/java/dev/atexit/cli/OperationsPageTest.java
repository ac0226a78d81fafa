package dev.atexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/operations.md} describes the commands as they are. */
class OperationsPageTest {
    private static final Pattern MEMBER = Pattern.compile("\"([^\"]+)\":");

    @TempDir
    Path state;

    private String page;

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(Path.of("..", "docs", "operations.md"));
    }

    private static List<String> members(String json) {
        return MEMBER.matcher(json).results().map(result -> result.group(1)).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sweep", "ps"})
    void options_ofACommand_areAllInItsSynopsis(String name) {
        MatchResult synopsis = Pattern.compile("(?m)^atexit " + name + " \\[.*$")
                .matcher(page)
                .results()
                .findFirst()
                .orElseThrow();
        for (OptionSpec option :
                Main.commandLine().getSubcommands().get(name).getCommandSpec().options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                assertThat(synopsis.group()).contains(option.longestName());
            }
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the journal of this test is of a Linux machine")
    void json_shown_hasTheMembersThatItHas() throws IOException {
        WrittenJournal.here("App").command("true").in(state, "0123456789abcdef0123456789abcdef");
        String shown = page.substring(page.indexOf("```json"));
        CommandRun run = CommandRun.of("sweep", "--json", "--state-dir", state.toString());
        assertThat(members(shown.substring(0, shown.indexOf("\n```\n")))).isEqualTo(members(run.out()));
    }
}
