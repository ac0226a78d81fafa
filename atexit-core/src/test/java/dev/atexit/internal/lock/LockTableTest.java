package dev.atexit.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.internal.exit.Rendezvous;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table is there for as long as anybody needs it, whichever copy of the library that is, and no longer. */
class LockTableTest {
    @TempDir
    Path directory;

    private @Nullable Object ofOthers;

    /** Other tests of this JVM may have left locks, and the library may hold one of its own. */
    @BeforeEach
    void setAside() {
        Rendezvous.withTable("locks", table -> ofOthers = table.remove("state"));
    }

    @AfterEach
    void bringBack() {
        Rendezvous.withTable("locks", table -> ofOthers == null ? null : table.put("state", ofOthers));
    }

    private static boolean isThere() {
        return Rendezvous.<Boolean>withTable("locks", table -> table.get("state") != null);
    }

    private HeldFile hold(String name) throws IOException {
        HeldFile held = LockFile.tryHold(directory.resolve(name));
        assertThat(held).isNotNull();
        return held;
    }

    @Test
    void table_filesAreHeld_goesWithTheLast() throws IOException {
        HeldFile one = hold("one");
        HeldFile other = hold("other");
        assertThat(isThere()).isTrue();
        one.close();
        assertThat(isThere()).isTrue();
        assertThat(LockFile.isHeldHere(directory.resolve("other"))).isTrue();
        other.close();
        assertThat(isThere()).isFalse();
    }

    @Test
    void table_somebodyOnlyAsks_isNotLeftBehind() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThat(LockFile.isHeldHere(file)).isFalse();
        assertThat(isThere()).isFalse();
    }

    @Test
    void table_somebodyHasTheTurn_stays() {
        LockTable table = LockTable.enter();
        assertThat(isThere()).isTrue();
        table.leave();
        assertThat(isThere()).isFalse();
    }

    @Test
    void table_fileLockedByOtherCode_keepsItsChannelUntilThatIsOver() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var foreign = channel.lock()) {
            assertThat(LockFile.tryHold(file)).isNull();
            assertThat(foreign.isValid()).isTrue();
            assertThat(isThere()).isTrue();
        }
        hold("file").close();
        assertThat(isThere()).isFalse();
    }
}
