package dev.atexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
class SweepCommandTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String OTHER_ID = "fedcba9876543210fedcba9876543210";
    private static final String HOSTILE = "a\nb\u001b[31m<script>\u202e";

    @TempDir
    Path directory;

    private Path state;
    private Path journals;

    @BeforeEach
    void nameDirectories() {
        state = directory.resolve("state");
        journals = state.resolve("journals");
    }

    @Test
    void sweep_noStateDirectory_saysSoInOneLineAndMakesNone() {
        CommandRun run = sweep();
        assertThat(run).isEqualTo(new CommandRun(0, "Nothing to sweep in " + journals + ".\n", ""));
        assertThat(state).doesNotExist();
    }

    @Test
    void sweep_allIsDone_saysWhatInALineEachAndHasStatus0() throws IOException {
        Path journal = WrittenJournal.here("App").tree(directory + "/gone").in(state, ID);
        Path kept = Files.createDirectory(directory.resolve("kept"));
        WrittenJournal.here("App").tree(kept.toString()).in(state, OTHER_ID);
        CommandRun run = sweep();
        assertThat(run.lines())
                .containsExactlyInAnyOrder(
                        "gone already: delete tree " + directory + "/gone [App, pid 1999999999]",
                        "not done: delete tree " + kept
                                + " [App, pid 1999999999]: nothing proves that it was made by the program: left alone",
                        "Journals in " + journals + ": 2 swept.");
        assertThat(run.status()).isZero();
        assertThat(journal).doesNotExist();
        assertThat(kept).exists();
    }

    @Test
    void sweep_commandIsNotAskedFor_leavesItWithStatus3() throws IOException {
        Path journal = WrittenJournal.here("App").command("true", "1").in(state, ID);
        CommandRun run = sweep();
        assertThat(run.lines())
                .containsExactly(
                        "not run: run command true 1 [App, pid 1999999999]: commands are run only where they are asked for",
                        "Journals in " + journals + ": 1 left.");
        assertThat(run.status()).isEqualTo(3);
        assertThat(journal).exists();
    }

    @Test
    void runCommands_given_runsThem() throws IOException {
        Path made = directory.resolve("made");
        Path journal =
                WrittenJournal.here("App").command("mkdir", made.toString()).in(state, ID);
        CommandRun run = sweep("--run-commands");
        assertThat(run.lines().get(0)).isEqualTo("done: run command mkdir " + made + " [App, pid 1999999999]");
        assertThat(run.status()).isZero();
        assertThat(made).isDirectory();
        assertThat(journal).doesNotExist();
    }

    @Test
    void runCommands_given_showsWhatTheyPrint() throws IOException {
        WrittenJournal.here("App")
                .command("sh", "-c", "echo well; echo done >&2")
                .command("sh", "-c", "printf 'no\\033[31m\\n\\nroom'; exit 3")
                .in(state, ID);
        assertThat(sweep("--run-commands").lines().subList(0, 7))
                .containsExactly(
                        "failed: run command sh -c printf 'no\\033[31m\\n\\nroom'; exit 3 [App, pid 1999999999]:"
                                + " ended with status 3",
                        "    | no\\u001b[31m",
                        "    | ",
                        "    | room",
                        "done: run command sh -c echo well; echo done >&2 [App, pid 1999999999]",
                        "    | well",
                        "    | done");
    }

    @Test
    void runCommands_quiet_showsOnlyWhatThoseThatFailHavePrinted() throws IOException {
        WrittenJournal.here("App")
                .command("echo", "well")
                .command("sh", "-c", "echo no; exit 3")
                .in(state, ID);
        assertThat(sweep("--run-commands", "--quiet").lines()).hasSize(2).last().isEqualTo("    | no");
    }

    @Test
    void runCommands_json_tellsWhatTheyPrint() throws IOException {
        WrittenJournal.here("App").command("printf", "a\\nb").in(state, ID);
        assertThat(sweep("--run-commands", "--json").out()).contains("\"output\": \"a\\u000ab\"");
    }

    @Test
    void sweep_failsTheFifthTime_putsAsideWithStatus3() throws IOException {
        WrittenJournal.here("App").tries(4).command("false").in(state, ID);
        CommandRun run = sweep("--run-commands");
        assertThat(run.lines())
                .containsExactly(
                        "failed: run command false [App, pid 1999999999]: ended with status 1",
                        "quarantined: journal " + ID
                                + " [App, pid 1999999999]: 5 sweeps could not do everything: put aside, and not swept again",
                        "Journals in " + journals + ": 1 quarantined.");
        assertThat(run.status()).isEqualTo(3);
        assertThat(sweep().status()).as("as long as it is there").isEqualTo(3);
    }

    @Test
    void dryRun_given_changesNothingAndHasStatus3IfThereIsSomethingToDo() throws IOException {
        Path journal = WrittenJournal.here("App").command("false").in(state, ID);
        byte[] before = Files.readAllBytes(journal);
        CommandRun run = sweep("--dry-run", "--run-commands");
        assertThat(run.lines()).first().asString().startsWith("to do: run command false [App, pid 1999999999]");
        assertThat(run.lines()).last().isEqualTo("Journals in " + journals + ": 1 to sweep.");
        assertThat(run.status()).isEqualTo(3);
        assertThat(journal).hasBinaryContent(before);
    }

    @Test
    void otherHost_notAskedFor_isListedAndNotLeft() throws IOException {
        Path journal = WrittenJournal.elsewhere("App", "db-7")
                .tree(directory + "/gone")
                .in(state, ID);
        CommandRun run = sweep();
        assertThat(run.lines())
                .containsExactly(
                        "of another host: journal " + ID
                                + " [App, pid 1999999999 on db-7]: was written on another machine",
                        "Journals in " + journals + ": 1 of another host.");
        assertThat(run.status()).isZero();
        assertThat(journal).exists();
    }

    @Test
    void otherHosts_given_sweepsThemToo() throws IOException {
        Path journal = WrittenJournal.elsewhere("App", "db-7")
                .tree(directory + "/gone")
                .in(state, ID);
        assertThat(sweep("--other-hosts").status()).isZero();
        assertThat(journal).doesNotExist();
    }

    @Test
    void journal_withASecondName_isRefusedWithStatus3() throws IOException {
        Path journal = WrittenJournal.here("App").tree(directory + "/gone").in(state, ID);
        Files.createLink(directory.resolve("link"), journal);
        CommandRun run = sweep("--quiet");
        assertThat(run.lines())
                .containsExactly("refused: journal " + ID + " [journal " + ID + "]: has a second name (a hard link)");
        assertThat(run.status()).isEqualTo(3);
        assertThat(journal).exists();
    }

    @Test
    void quiet_allIsWell_printsNothing() throws IOException {
        WrittenJournal.here("App").tree(directory + "/gone").in(state, ID);
        WrittenJournal.elsewhere("App", "db-7").tree(directory + "/gone").in(state, OTHER_ID);
        assertThat(sweep("--quiet")).isEqualTo(new CommandRun(0, "", ""));
    }

    @Test
    void quiet_somethingIsLeft_printsOnlyThat() throws IOException {
        WrittenJournal.here("App").tree(directory + "/gone").command("true").in(state, ID);
        CommandRun run = sweep("--quiet");
        assertThat(run.lines()).singleElement().asString().startsWith("not run: run command true");
        assertThat(run.status()).isEqualTo(3);
    }

    @Test
    void json_given_isOneDocumentAsDocumented() throws IOException {
        WrittenJournal.here("App").tree(directory + "/gone").command("true").in(state, ID);
        CommandRun run = sweep("--json");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).isEqualTo("""
                        {
                          "format": "atexit-sweep",
                          "version": 1,
                          "directory": "DIRECTORY/state/journals",
                          "dryRun": false,
                          "counts": {
                            "alive": 0,
                            "swept": 0,
                            "left": 1,
                            "other-host": 0,
                            "refused": 0,
                            "quarantined": 0
                          },
                          "omitted": 0,
                          "journals": [
                            {
                              "id": "0123456789abcdef0123456789abcdef",
                              "state": "left",
                              "reason": null,
                              "pid": 1999999999,
                              "host": "here",
                              "program": "App",
                              "startedAt": "2023-11-14T22:13:20Z",
                              "tries": 0,
                              "omitted": 0,
                              "items": [
                                {
                                  "action": "run command",
                                  "target": "true",
                                  "outcome": "not-run",
                                  "reason": "commands are run only where they are asked for",
                                  "output": null
                                },
                                {
                                  "action": "delete tree",
                                  "target": "DIRECTORY/gone",
                                  "outcome": "gone",
                                  "reason": null,
                                  "output": null
                                }
                              ]
                            }
                          ]
                        }
                        """.replace("DIRECTORY", directory.toString()));
    }

    @Test
    void names_withAnythingInThem_areEscapedInLinesAndInJson() throws IOException {
        byte[] path = (directory + "/" + HOSTILE + "X").getBytes(StandardCharsets.UTF_8);
        path[path.length - 1] = (byte) 0xff;
        WrittenJournal.elsewhere(HOSTILE, HOSTILE).tree(path).in(state, ID);
        WrittenJournal.here(HOSTILE).command("true", HOSTILE).in(state, OTHER_ID);
        String escaped = "a\\nb\\u001b[31m<script>\\u202e";
        assertThat(sweep().lines())
                .hasSize(3)
                .anyMatch(line -> line.contains("[" + escaped + ", pid 1999999999 on " + escaped + "]"))
                .anyMatch(line -> line.contains("true " + escaped));
        assertThat(sweep("--json").out())
                .contains("\"program\": \"a\\u000ab\\u001b[31m<script>\\u202e\"")
                .contains("\"target\": \"true a\\u000ab\\u001b[31m<script>\\u202e\"")
                .matches("[\\n -~]+");
        CommandRun swept = sweep("--other-hosts", "--json");
        assertThat(swept.out())
                .contains("/a\\u000ab\\u001b[31m<script>\\u202e\\ufffd\"")
                .matches("[\\n -~]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "ar-SA-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai"})
    void output_underAnyLocale_isTheSame(String locale) throws IOException {
        WrittenJournal.here("TITLE").command("true", "I").in(state, ID);
        WrittenJournal.elsewhere("TITLE", "I").pidFile("/I").in(state, OTHER_ID);
        for (String form : new String[] {"--dry-run", "--json"}) {
            CommandRun plain = sweep(form);
            assertThat(CommandRun.under(locale, "sweep", "--state-dir", state.toString(), form))
                    .isEqualTo(plain);
        }
    }

    @Test
    void stateDirectory_thatOthersMayWriteTo_isAnErrorInOneLineWithStatus1() throws IOException {
        WrittenJournal.here("App").tree(directory + "/gone").in(state, ID);
        Files.setPosixFilePermissions(journals, PosixFilePermissions.fromString("rwxrwxrwx"));
        CommandRun run = sweep();
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("atexit: " + journals + ": may be written to by others: refused\n");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void stateDirectory_thatIsAFile_isStatus2() throws IOException {
        Files.createFile(state);
        CommandRun run = sweep();
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("--state-dir: " + state + " is not a directory\nUsage: atexit sweep");
    }

    @Test
    void jsonAndQuiet_together_areStatus2() {
        CommandRun run = sweep("--json", "--quiet");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--json", "--quiet", "mutually exclusive");
    }

    @Test
    void help_asked_saysWhatTheStatusMeans() {
        assertThat(CommandRun.of("sweep", "--help").out()).contains("Exit status:", "  3   something is left");
    }

    private CommandRun sweep(String... words) {
        List<String> all = new ArrayList<>(List.of("sweep", "--state-dir", state.toString()));
        all.addAll(List.of(words));
        return CommandRun.of(all.toArray(new String[0]));
    }
}
