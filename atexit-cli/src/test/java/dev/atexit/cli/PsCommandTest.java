package dev.atexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(value = OS.LINUX, disabledReason = "the journals of these tests are of a Linux machine")
class PsCommandTest {
    private static final String HOSTILE = "a\nb\u001b[31m<script>\u202e";

    @TempDir
    Path directory;

    private Path state;

    @BeforeEach
    void nameDirectory() {
        state = directory.resolve("state");
    }

    private static String id(int number) {
        return "0123456789abcdef0123456789abcde" + number;
    }

    @Test
    void ps_nothingIsOwed_saysSoInOneLine() {
        assertThat(ps()).isEqualTo(new CommandRun(0, "Nothing is owed in " + state + "/journals.\n", ""));
        assertThat(state).doesNotExist();
    }

    @Test
    void ps_everyKindOfDead_isATable() throws IOException {
        WrittenJournal.here("com.acme.imports.Application")
                .command("true")
                .command("true")
                .tree("/nowhere/gone")
                .tries(2)
                .in(state, id(1));
        WrittenJournal.elsewhere("Other", "db-7").pidFile("/b").in(state, id(2));
        WrittenJournal.here("Aside").tries(5).command("true").in(state, id(3), ".quarantined");
        Path doubled = WrittenJournal.here("Doubled").tree("/x").in(state, id(4));
        Files.createLink(directory.resolve("link"), doubled);
        CommandRun run = ps();
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo("""
                        PID         STARTED (UTC)     PROGRAM               STATE        OWED
                        -           -                 -                     refused      unknown
                            has a second name (a hard link)
                        1999999999  2023-11-14 22:13  ...ports.Application  left         2 commands
                            tried 2 times
                        1999999999  2023-11-14 22:13  Other                 other-host   1 pid file
                            on host db-7; was written on another machine
                        1999999999  2023-11-14 22:13  Aside                 quarantined  1 command
                            tried 5 times
                        """);
    }

    @Test
    void long_given_listsEveryItemWhole() throws IOException {
        String deep = "/" + "long/".repeat(40) + "end";
        WrittenJournal.elsewhere("Other", "db-7").tree(deep).in(state, id(1));
        assertThat(ps("--long").lines()).contains("  owed: delete tree " + deep);
    }

    @Test
    void table_hostileAndWideNames_fits80ColumnsOfPlainText() throws IOException {
        WrittenJournal.elsewhere(HOSTILE.repeat(2), HOSTILE).tree("/a").in(state, id(1));
        WrittenJournal.elsewhere("\u6f22\u5b57".repeat(10), "\u6f22".repeat(20)).in(state, id(2));
        assertThat(ps().lines()).allSatisfy(line -> {
            assertThat(line).matches("[ -~\u6f22\u5b57]+");
            assertThat(line.length() + line.replaceAll("[ -~]", "").length()).isLessThanOrEqualTo(80);
        });
        assertThat(ps("--long").out()).contains("a\\nb\\u001b[31m");
    }

    @Test
    void json_given_listsWhatIsOwed() throws IOException {
        byte[] path = ("/" + HOSTILE + "X").getBytes(StandardCharsets.UTF_8);
        path[path.length - 1] = (byte) 0xff;
        WrittenJournal.elsewhere(HOSTILE, "db-7").tree(path).in(state, id(1));
        CommandRun run = ps("--json");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("{\n  \"format\": \"atexit-ps\",\n  \"version\": 1,\n")
                .contains("\"program\": \"a\\u000ab\\u001b[31m<script>\\u202e\"")
                .contains("\"target\": \"/a\\u000ab\\u001b[31m<script>\\u202e\\ufffd\"")
                .contains("\"outcome\": \"owed\"")
                .matches("[\\n -~]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "ar-SA-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai"})
    void output_underAnyLocale_isTheSame(String locale) throws IOException {
        WrittenJournal.here("TITLE").tries(3).command("true", "I").in(state, id(1));
        WrittenJournal.elsewhere("TITLE", "I").pidFile("/I").in(state, id(2));
        for (String form : new String[] {"--long", "--json"}) {
            assertThat(CommandRun.under(locale, "ps", "--state-dir", state.toString(), form))
                    .isEqualTo(ps(form));
        }
    }

    @Test
    void ps_dead_changesNothing() throws IOException {
        Path journal = WrittenJournal.here("App")
                .tree(directory + "/gone")
                .command("true")
                .in(state, id(1));
        byte[] before = Files.readAllBytes(journal);
        ps();
        assertThat(journal).hasBinaryContent(before);
    }

    private CommandRun ps(String... words) {
        List<String> all = new ArrayList<>(List.of("ps", "--state-dir", state.toString()));
        all.addAll(List.of(words));
        return CommandRun.of(all.toArray(new String[0]));
    }
}
