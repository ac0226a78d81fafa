package dev.atexit.process.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm;
import dev.atexit.process.ChildJvm.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightTest {
    private static final String EXIT = "atexit.Exit";
    private static final String HANDLER = "atexit.ExitHandler";

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("recording.jfr");
    }

    private Ended record(String... arguments) throws Exception {
        return ChildJvm.running(FlightProgram.class, arguments)
                .jvm("-XX:StartFlightRecording:filename=" + file(), "-Xlog:disable")
                .run();
    }

    private List<RecordedEvent> events(String name) throws IOException {
        return RecordingFile.readAllEvents(file()).stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    private Map<String, String> outcomes() throws IOException {
        Map<String, String> outcomes = new TreeMap<>();
        for (RecordedEvent event : events(HANDLER)) {
            outcomes.put(event.getString("name"), event.getString("outcome"));
        }
        return outcomes;
    }

    @Test
    void recording_exitTakesASecond_everyHandlerIsInTheFile() throws Exception {
        Ended ended = record();
        assertThat(ended.status()).as(ended.all()).isZero();
        Map<String, String> outcomes = outcomes();
        assertThat(outcomes)
                .hasSize(FlightProgram.HANDLERS + 2)
                .containsEntry("slow 0", "ran")
                .containsEntry("slow 19", "ran")
                .containsEntry("entry", "ran")
                .containsEntry("fails", "failed");
        assertThat(events(EXIT)).singleElement().satisfies(event -> {
            assertThat(event.getString("reason")).isEqualTo("end of main");
            assertThat(event.getBoolean("clean")).isFalse();
            assertThat(event.getDuration().toMillis()).isGreaterThanOrEqualTo(FlightProgram.HANDLERS * 50L);
        });
        assertThat(events(HANDLER))
                .filteredOn(event -> event.getString("name").startsWith("slow"))
                .allSatisfy(event -> assertThat(event.getDuration().toMillis()).isGreaterThanOrEqualTo(50));
    }

    @Test
    void recording_deadlineCutsTheExit_whatWasLeftAndSkippedIsInTheFile() throws Exception {
        record("deadline");
        assertThat(outcomes()).containsEntry("hangs", "left behind").containsEntry("never", "skipped");
    }

    @Test
    void handler_wantsTheRecorder_programEnds() throws Exception {
        Ended ended = record("dump", directory.resolve("own.jfr").toString());
        assertThat(ended.status()).as(ended.all()).isZero();
    }

    @Test
    void jfrPrint_recording_showsTheEvents() throws Exception {
        record();
        Process print = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jfr").toString(),
                        "print",
                        "--events",
                        HANDLER,
                        file().toString())
                .redirectErrorStream(true)
                .start();
        String out = new String(print.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(print.waitFor()).as(out).isZero();
        assertThat(out).contains("atexit.ExitHandler {", "name = \"slow 7\"", "outcome = \"ran\"");
    }

    @Test
    void noRecording_noClassOfIt_isLoaded() throws Exception {
        Ended ended = ChildJvm.running(FlightProgram.class)
                .jvm("-Xlog:class+load:file=" + directory.resolve("classes"))
                .run();
        assertThat(ended.status()).isZero();
        assertThat(Files.readString(directory.resolve("classes")))
                .contains("dev.atexit.AtExit")
                .doesNotContain("dev.atexit.internal.flight");
    }
}
