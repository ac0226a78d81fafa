package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.testkit.AllowPending;
import dev.atexit.testkit.FreshAtExit;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@FreshAtExit
@AllowPending
class DurableActionTest {
    @TempDir
    Path directory;

    private Path file(String name) throws IOException {
        return Files.writeString(directory.resolve(name), name);
    }

    @Test
    void registerDurable_exit_deletesInItsPlace() throws IOException {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Files.writeString(tree.resolve("in"), "x");
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        AtExit.register(() -> order.add("first " + Files.exists(tree)));
        AtExit.registerDurable(DurableAction.deleteTree(tree));
        AtExit.register(() -> order.add("last " + Files.exists(tree)));

        ExitReport report = AtExit.runExitHandlers();

        assertThat(order).containsExactly("last true", "first false");
        assertThat(report.entries()).allMatch(entry -> entry.error().isEmpty());
    }

    @Test
    void registerDurable_clear_keepsIt() throws IOException {
        Path file = file("kept");
        AtExit.registerDurable(DurableAction.deleteFile(file));

        AtExit.clear();
        AtExit.runExitHandlers();

        assertThat(file).doesNotExist();
    }

    @Test
    void unregister_pending_keepsTheFile() throws IOException {
        Path file = file("kept");
        Registration registration = AtExit.registerDurable(DurableAction.deleteFile(file));
        assertThat(registration.isPending()).isTrue();

        assertThat(registration.unregister()).isTrue();
        assertThat(registration.unregister()).isFalse();

        AtExit.runExitHandlers();
        assertThat(file).exists();
    }

    @Test
    void registerDurable_fileReplacedSince_isLeftAlone() throws IOException {
        Path file = file("mine");
        AtExit.registerDurable(DurableAction.deleteFile(file));
        Path other = file("other");
        Files.delete(file);
        Files.move(other, file);

        AtExit.runExitHandlers();

        assertThat(file).hasContent("other");
    }

    @Test
    void registerDurable_inOrder_doesAllWhateverFails() throws IOException {
        Path first = file("first");
        Path second = file("second");
        AtExit.configure(ExitPolicy.builder().commands(true).build());
        AtExit.registerDurable(DurableAction.inOrder(
                DurableAction.deleteFile(first),
                DurableAction.runCommand("false"),
                DurableAction.runCommand(
                        "cp", second.toString(), directory.resolve("copy").toString()),
                DurableAction.deleteFile(second)));

        ExitReport report = AtExit.runExitHandlers();

        assertThat(directory.resolve("copy")).exists();
        assertThat(first).doesNotExist();
        assertThat(second).doesNotExist();
        assertThat(report.entries()).hasSize(1).allMatch(entry -> entry.error().isPresent());
    }

    @Test
    void registerDurable_pidFile_goesIfItStillHasOurNumber() throws IOException {
        Path mine = Files.writeString(
                directory.resolve("mine.pid"), ProcessHandle.current().pid() + "\n");
        Path changed = Files.writeString(
                directory.resolve("changed.pid"), ProcessHandle.current().pid() + "\n");
        AtExit.registerDurable(DurableAction.removePidFile(mine));
        AtExit.registerDurable(DurableAction.removePidFile(changed));
        Files.writeString(changed, "1\n");

        AtExit.runExitHandlers();

        assertThat(mine).doesNotExist();
        assertThat(changed).exists();
    }

    @Test
    void registerDurable_missingFile_throwsAndRegistersNothing() {
        assertThatThrownBy(() -> AtExit.registerDurable(DurableAction.deleteTree(directory.resolve("none"))))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("must be there when its deletion is registered");
        assertThat(AtExit.runExitHandlers().entries()).isEmpty();
    }

    @Test
    void registerDurable_wrongKind_throws() throws IOException {
        Path foreign = Files.writeString(directory.resolve("foreign.pid"), "1\n");

        assertThatThrownBy(() -> AtExit.registerDurable(DurableAction.deleteFile(directory)))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is a directory");
        assertThatThrownBy(() -> AtExit.registerDurable(DurableAction.removePidFile(foreign)))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("does not have the number of this process");
    }

    @Test
    void registerDurable_commandNotAllowed_throwsAndSaysWhatAllowsIt() {
        assertThatIllegalStateException()
                .isThrownBy(() -> AtExit.registerDurable(DurableAction.runCommand("true")))
                .withMessageContaining("atexit.commands=true");
    }

    @Test
    void actions_badValues_throwAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurableAction.deleteTree(Path.of("/")))
                .withMessageContaining("path");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurableAction.runCommand())
                .withMessageContaining("command");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurableAction.runCommand("a\0b"))
                .withMessageContaining("command");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DurableAction.RunCommand(List.of("a"), Path.of("/"), Duration.ZERO))
                .withMessageContaining("timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurableAction.inOrder())
                .withMessageContaining("actions");
        assertThatThrownBy(() -> DurableAction.deleteFile(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("path");
    }
}
