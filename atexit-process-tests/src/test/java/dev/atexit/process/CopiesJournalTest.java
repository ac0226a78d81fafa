package dev.atexit.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.AtExit;
import dev.atexit.durable.SweepReport;
import dev.atexit.durable.Sweeper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Several copies of the library in one JVM write into one journal. */
@Execution(ExecutionMode.CONCURRENT)
class CopiesJournalTest {
    private static final String CORE = ChildJvm.place(AtExit.class);
    private static final String TESTS = ChildJvm.place(CopiesJournalTest.class);

    @TempDir
    private Path directory;

    private Path files;
    private Path state;

    @BeforeEach
    void create() throws IOException {
        files = Files.createDirectory(directory.resolve("files"));
        state = directory.resolve("state");
        Files.createDirectory(files.resolve("owed-by-nobody"));
        Files.writeString(files.resolve("other.pid"), "1\n");
    }

    private ChildJvm.Builder program(String scenario) {
        return ChildJvm.running(CopiesProgram.class, scenario, CORE, TESTS, files.toString())
                .property("atexit.state.dir", state.toString())
                .classPath(TESTS);
    }

    private static List<String> names(Path in, String glob) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(in, glob)) {
            for (Path path : found) {
                String name = path.getFileName().toString();
                // The lock of a pid file stays.
                if (!name.contains(".pid.lock")) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private void sweep() throws IOException {
        SweepReport report = Sweeper.builder().stateDirectory(state).build().sweep();
        assertThat(report.count(SweepReport.State.SWEPT)).as("%s", report).isEqualTo(1);
        assertThat(names(files, "owed-*")).as("%s", report).containsExactlyInAnyOrder("owed-by-nobody");
        assertThat(files.resolve("other.pid")).hasContent("1");
        assertThat(names(state.resolve("journals"), "*")).isEmpty();
    }

    @Test
    void copies_killed_areSweptFromOneJournal() throws Exception {
        try (ChildJvm killed = program("owe").start()) {
            killed.awaitLine(Ending.LINE);
            assertThat(names(files, "owed-*")).hasSize(7);
            assertThat(names(state.resolve("journals"), "*.journal")).hasSize(1);
            killed.signal("KILL");
            ChildJvm.Ended ended = killed.await();
            assertThat(ended.err()).as(ended.all()).isEmpty();
        }
        sweep();
    }

    @Test
    void copy_thatWritesWhileAnotherClosesTheEmptyJournal_losesNothing() throws Exception {
        ChildJvm.Ended ended = program("oweWhileTheOtherLeaves").run();
        assertThat(ended.status()).as(ended.all()).isEqualTo(Ending.HALT.status);
        assertThat(ended.err()).as(ended.all()).isEmpty();
        sweep();
    }

    @Test
    void copy_thatHasOpenedTheJournalAndOwesNothing_isNotKeptInMemory() throws Exception {
        ChildJvm.Ended ended = program("guestLeavesItsJournal").run();
        assertThat(ended.out()).as(ended.all()).containsExactly("collected: true", "host");
        assertThat(names(state.resolve("journals"), "*")).isEmpty();
    }

    @RepeatedTest(3)
    void copies_thatComeAndGoAtTheSameTime_loseNothing() throws Exception {
        ChildJvm.Ended ended = program("oweInTurns").run();
        assertThat(ended.out()).as(ended.all()).hasSize(6).containsOnly("unwritten: 0");
        assertThat(ended.err()).as(ended.all()).isEmpty();
        assertThat(names(state.resolve("journals"), "*")).isEmpty();
    }
}
