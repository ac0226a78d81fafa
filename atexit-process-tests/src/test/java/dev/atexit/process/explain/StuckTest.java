package dev.atexit.process.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm;
import dev.atexit.process.ChildJvm.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StuckTest {
    @TempDir
    Path directory;

    private ChildJvm.Builder program(String how) {
        return ChildJvm.running(StuckProgram.class, how)
                .property("atexit.deadline", "2s")
                .property("atexit.stuck.notice", "300ms")
                .property("atexit.report", directory.resolve("exit.json").toString());
    }

    private JsonNode report() throws IOException {
        return new JsonMapper().readTree(Files.readString(directory.resolve("exit.json")));
    }

    private static List<String> withoutFrames(Ended ended) {
        return ended.err().stream().filter(line -> !line.startsWith("\tat ")).toList();
    }

    @Test
    void handler_waitsForALockOfAThread_bothStacksAreShown() throws Exception {
        Ended ended = program("lock").run();
        assertThat(withoutFrames(ended))
                .as(ended.all())
                .first()
                .asString()
                .startsWith("[atexit] still in 'needs the lock' after ");
        assertThat(ended.errText())
                .containsPattern(
                        "it waits for java\\.util\\.concurrent\\.locks\\.ReentrantLock\\$NonfairSync@[0-9a-f]+, "
                                + "held by thread 'holder', at")
                .contains("\tat " + StuckProgram.class.getName() + ".takeLock(StuckProgram.java:")
                .contains("\tat " + StuckProgram.class.getName() + ".keepHolding(StuckProgram.java:");
        JsonNode stall = report().get("entries").get(0).get("stall");
        assertThat(stall.get("lock").stringValue()).startsWith("java.util.concurrent.locks.ReentrantLock$NonfairSync@");
        assertThat(stall.get("owner").get("thread").stringValue()).isEqualTo("holder");
        assertThat(stall.has("deadlock")).isFalse();
    }

    @Test
    void handler_inADeadlock_isNamedAsSuch() throws Exception {
        Ended ended = program("deadlock").run();
        assertThat(ended.errText())
                .as(ended.all())
                .contains("[atexit] deadlock: none of these threads can go on")
                .containsPattern("thread 'atexit-runner' waits for java\\.lang\\.Object@[0-9a-f]+, held by 'other'")
                .containsPattern("thread 'other' waits for java\\.lang\\.Object@[0-9a-f]+, held by 'atexit-runner'");
        JsonNode deadlock = report().get("entries").get(0).get("stall").get("deadlock");
        assertThat(deadlock.size()).isEqualTo(2);
    }

    @Test
    void handler_needsALockOfTheThreadThatCalledExit_isNamedAsADeadlock() throws Exception {
        Ended ended = program("exit-with-lock").run();
        assertThat(ended.errText())
                .as(ended.all())
                .contains("[atexit] deadlock: none of these threads can go on")
                .contains("thread 'main' waits for the end of the exit, held by 'atexit-runner'");
        assertThat(ended.status()).isEqualTo(3);
        JsonNode report = report();
        assertThat(report.get("reason").get("kind").stringValue()).isEqualTo("exit");
        assertThat(report.get("reason").get("caller").stringValue())
                .startsWith(StuckProgram.class.getName() + ".main(StuckProgram.java:");
        assertThat(report.get("entries").get(0).get("outcome").stringValue()).isEqualTo("left-behind");
    }

    @Test
    void handler_sleeps_noLockIsNamed() throws Exception {
        Ended ended = program("sleep").run();
        assertThat(withoutFrames(ended))
                .as(ended.all())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("'sleeps'"));
        assertThat(ended.errText()).contains("\tat " + StuckProgram.class.getName());
        assertThat(report().get("entries").get(0).get("outcome").stringValue()).isEqualTo("timed-out");
        assertThat(report().get("entries").get(0).get("stall").has("lock")).isFalse();
    }

    @Test
    void sites_wanted_stuckHandlerNamesTheLineThatRegisteredIt() throws Exception {
        for (String how : List.of("sleep", "registry")) {
            Ended ended = program(how).env("ATEXIT_SITES", "true").run();
            assertThat(ended.errText())
                    .as(ended.all())
                    .contains("[atexit] registered at " + StuckProgram.class.getName() + ".main(StuckProgram.java:");
            JsonNode entry = report().get("entries").get(0);
            JsonNode named = entry.has("site") && how.equals("sleep")
                    ? entry
                    : entry.get("entries").get(0);
            assertThat(named.get("site").stringValue()).startsWith(StuckProgram.class.getName() + ".main(");
        }
    }

    @Test
    void secondSignal_endsAtOnce_reportSaysWhatRan() throws Exception {
        try (ChildJvm child = ChildJvm.running(StuckProgram.class, "wait")
                .property("atexit.stuck.notice", "1500ms")
                .property("atexit.report", directory.resolve("exit.json").toString())
                .start()) {
            child.awaitLine("ready");
            child.signal("TERM");
            child.awaitLine("stuck notice", line -> line.contains("still in 'sleeps'"));
            child.signal("TERM");
            Ended ended = child.await();
            assertThat(ended.status()).as(ended.all()).isEqualTo(143);
        }
        JsonNode report = report();
        assertThat(report.get("complete").booleanValue()).isFalse();
        assertThat(report.get("clean").booleanValue()).isFalse();
        assertThat(report.get("reason").get("signal").stringValue()).isEqualTo("TERM");
        assertThat(report.get("entries").get(0).get("name").stringValue()).isEqualTo("quick");
        assertThat(report.get("entries").get(1).get("outcome").stringValue()).isEqualTo("running");
        assertThat(report.get("entries")
                        .get(1)
                        .get("stall")
                        .get("frames")
                        .get(0)
                        .stringValue())
                .startsWith("java.lang.Thread.sleep");
    }
}
