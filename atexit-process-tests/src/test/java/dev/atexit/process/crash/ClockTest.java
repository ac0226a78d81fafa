package dev.atexit.process.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clocks that are set back, by faketime, for one program and not for the others: before it begins, and while it lives. */
class ClockTest {
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final int CREATED_AT = 48;

    @TempDir
    private Path directory;

    private Scene scene;

    @BeforeEach
    void needFaketime() throws Exception {
        scene = new Scene(directory);
        assumeTrue(
                scene.can("test $(( $(date +%s) - $(faketime -f -2d date +%s) )) -gt 100000"),
                "there is no faketime here that sets clocks back");
    }

    private long now() {
        return System.currentTimeMillis();
    }

    private long journalCreated() throws Exception {
        return ByteBuffer.wrap(Files.readAllBytes(scene.journal()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong(CREATED_AT);
    }

    private void assertSweptClean() throws Exception {
        scene.sweep();
        assertThat(scene.left()).isEmpty();
        assertThat(scene.shell("ls " + scene.journals)).isEmpty();
    }

    @Test
    void ownersClock_twoDaysBack_isSweptByTheClockOfToday() throws Exception {
        scene.shell("faketime -f -2d " + scene.debtor("one", "-Datexit.sweep=false") + "</dev/null || test $? = "
                + Debtor.HALTED);
        assertThat(scene.left()).hasSize(Scene.owed());
        assertThat(journalCreated()).as("faketime works").isCloseTo(now() - 2 * DAY_MS, within(DAY_MS));
        assertSweptClean();
    }

    @Test
    void sweepersClock_twoDaysBack_sweepsTheDeadAndSparesTheLiving() throws Exception {
        scene.owe("dead");
        try (Child living = Child.start(
                directory.resolve("errors"),
                List.of("sh", "-c", "exec " + scene.debtor("living", "-Datexit.sweep=false")))) {
            assertThat(living.awaitLine(Child.READY)).as(living.errors()).isTrue();
            scene.shell(scene.sweeper().replace("| ", "| faketime -f -2d "));
            assertThat(scene.left()).hasSize(Scene.owed());
            living.tellLast("exit");
            assertThat(living.await()).isZero();
            assertThat(living.errors()).isEmpty();
        }
        assertThat(scene.left()).isEmpty();
    }

    private Child startWithClock(Path offset, String... options) throws Exception {
        Files.writeString(offset, "+0\n");
        List<String> command = new ArrayList<>(List.of("faketime", "-f", "+0", "env", "-u", "FAKETIME"));
        command.addAll(List.of("FAKETIME_TIMESTAMP_FILE=" + offset, "FAKETIME_NO_CACHE=1"));
        command.addAll(Child.java(scene.state, List.of(options), ClockProgram.class, scene.files.toString()));
        Child child = Child.start(directory.resolve("errors"), command);
        assertThat(child.awaitLine(Child.READY)).as(child.errors()).isTrue();
        return child;
    }

    /** Has it make a tree before the clock is set back, and another one after. */
    private void setBack(Child child, Path offset) throws Exception {
        assertThat(Long.parseLong(child.ask("tree"))).isCloseTo(now(), within(DAY_MS));
        Files.writeString(offset, "-2d\n");
        assertThat(Long.parseLong(child.ask("tree")))
                .as("faketime works")
                .isCloseTo(now() - 2 * DAY_MS, within(DAY_MS));
        scene.sweep();
        assertThat(scene.left()).as("a sweep spares the living").hasSize(3);
    }

    @Test
    void clockSetBack_whileTheOwnerLives_changesNothing() throws Exception {
        Path offset = directory.resolve("offset");
        try (Child child = startWithClock(offset, "-Datexit.sweep=false")) {
            setBack(child, offset);
            child.tellLast("exit");
            assertThat(child.await()).isZero();
            assertThat(child.errors()).isEmpty();
        }
        assertThat(scene.left()).isEmpty();
        assertThat(scene.shell("ls " + scene.journals)).isEmpty();
    }

    @Test
    void clockSetBack_whileTheOwnerLives_itIsSweptAllTheSame() throws Exception {
        Path offset = directory.resolve("offset");
        try (Child child = startWithClock(offset, "-Datexit.sweep=false")) {
            setBack(child, offset);
            child.kill();
            child.await();
        }
        assertSweptClean();
    }

    @Test
    void clockSetBack_whileTheOwnerLives_guardianCleansUpAllTheSame() throws Exception {
        Path offset = directory.resolve("offset");
        try (Child child = startWithClock(offset, "-Datexit.sweep=false", "-Datexit.guardian=true")) {
            setBack(child, offset);
            child.kill();
            child.await();
        }
        await().atMost(2, TimeUnit.MINUTES)
                .untilAsserted(() -> assertThat(scene.left()).isEmpty());
    }
}
