package dev.atexit.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.AtExit;
import dev.atexit.ExitReport;
import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FreshAtExit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@FreshAtExit
class TempManagerTest {
    @TempDir
    Path directory;

    private final TempManager temp = new TempManager();

    private static List<String> printedBy(AtExitControl control) {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            control.exit();
        } finally {
            System.setErr(before);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private List<Path> left() throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    /** What has its name, but is something else. */
    private static void replace(Path path) throws IOException {
        Path other = Files.writeString(path.resolveSibling("other"), "precious");
        Files.delete(path);
        Files.move(other, path);
    }

    @Test
    void created_names_areRandomAndInTheParent() throws IOException {
        Path file = temp.createFile(directory, "part-", ".csv");
        Path made = temp.createDirectory(directory, "work-");
        assertThat(file.getParent()).isEqualTo(directory);
        assertThat(file.getFileName().toString()).matches("part-[0-9a-f]{32}\\.csv");
        assertThat(made.getFileName().toString()).matches("work-[0-9a-f]{32}");
        assertThat(temp.createFile(directory, "", "")).isNotEqualTo(temp.createFile(directory, "", ""));
        temp.close();
        assertThat(left()).isEmpty();
    }

    @Test
    void created_permissions_areTheOwnersOnly() throws IOException {
        assumeTrue(
                directory.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "the file system knows no owners");
        assertThat(permissions(temp.createFile(directory, "f", ""))).isEqualTo("rw-------");
        assertThat(permissions(temp.createDirectory(directory, "d"))).isEqualTo("rwx------");
        temp.close();
    }

    @Test
    void created_withoutAParent_areInTheTemporaryDirectory() throws IOException {
        Path expected = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        Path file = temp.createFile("atexit-test-", "");
        Path made = temp.createDirectory("atexit-test-");
        assertThat(file.getParent()).isEqualTo(expected);
        assertThat(made.getParent()).isEqualTo(expected);
        temp.close();
        assertThat(file).doesNotExist();
        assertThat(made).doesNotExist();
    }

    @Test
    void created_badArguments_areRefusedAndNothingIsMade() throws IOException {
        for (String bad : List.of("a/b", "../", "x\0y", "/")) {
            assertThatThrownBy(() -> temp.createDirectory(directory, bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("prefix must be");
            assertThatThrownBy(() -> temp.createFile(directory, "p", bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("suffix must be");
        }
        assertThatThrownBy(() -> temp.createDirectory(null)).hasMessage("prefix");
        assertThatThrownBy(() -> temp.createDirectory(null, "p")).hasMessage("parent");
        assertThatThrownBy(() -> temp.createFile("p", null)).hasMessage("suffix");
        assertThatThrownBy(() -> temp.createFile(directory, null, "")).hasMessage("prefix");
        assertThatThrownBy(() -> temp.track(null)).hasMessage("path");
        assertThatThrownBy(() -> temp.track(Path.of("/"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> temp.createFile(directory.resolve("missing"), "p", ""))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(temp.count()).isZero();
        assertThat(left()).isEmpty();
        temp.close();
    }

    @Test
    void exit_filesTreesAndLinks_areGoneAndTargetsAreNot(AtExitControl control) throws IOException {
        Path precious = Files.createFile(directory.resolve("precious"));
        Path tree = temp.createDirectory(directory, "t");
        Files.createDirectories(tree.resolve("a/b/c"));
        Path inner = temp.createFile(tree.resolve("a"), "inner", "");
        Path link = Files.createSymbolicLink(directory.resolve("link"), precious);
        assertThat(temp.track(link)).isSameAs(link);
        temp.track(Files.createFile(directory.resolve("tracked")));
        ExitReport report = control.exit();
        assertThat(report.isClean()).isTrue();
        assertThat(inner).doesNotExist();
        assertThat(left()).containsExactly(precious);
    }

    @Test
    void exit_order_isTheReverseOfCreationAtItsPlaceAmongHandlers(AtExitControl control) throws IOException {
        List<String> seen = new ArrayList<>();
        List<Path> made = new ArrayList<>();
        AtExit.register(() -> seen.add("older " + made.stream().anyMatch(Files::exists)));
        made.add(temp.createFile(directory, "first", ""));
        AtExit.register(() -> seen.add("newer " + made.stream().allMatch(Files::exists)));
        made.add(temp.createFile(directory, "second", ""));
        control.exit();
        assertThat(seen).containsExactly("newer true", "older false");
    }

    @Test
    void close_order_isTheReverseOfCreation() throws IOException {
        for (int i = 0; i < 3; i++) {
            replace(temp.track(Files.createFile(directory.resolve("f" + i))));
        }
        assertThatThrownBy(temp::close)
                .isInstanceOf(IOException.class)
                .hasMessage("3 temporary paths are left, the first is " + directory.resolve("f2")
                        + ": was replaced by something else: left alone")
                .satisfies(error -> assertThat(error.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .allMatch(message -> message.endsWith(": was replaced by something else: left alone"))
                        .hasSize(3));
        temp.close();
        assertThat(left()).hasSize(3);
    }

    @Test
    void clear_handlers_keepsTemporaryFiles(AtExitControl control) throws IOException {
        temp.createFile(directory, "f", "");
        AtExit.clear();
        assertThat(AtExit.count()).isZero();
        control.exit();
        assertThat(left()).isEmpty();
    }

    @Test
    void exit_replaced_isLeftAloneReportedAndTheRestGoes(AtExitControl control) throws IOException {
        temp.createFile(directory, "rest", "");
        Path replaced = temp.track(Files.createFile(directory.resolve("a\nb")));
        replace(replaced);
        temp.createDirectory(directory, "rest");
        assertThat(printedBy(control))
                .containsExactly("[atexit] temporary path '" + directory
                        + "/a\\nb' not deleted: was replaced by something else: left alone");
        assertThat(Files.readString(replaced)).isEqualTo("precious");
        assertThat(left()).containsExactly(replaced);
    }

    @Test
    void exit_replaced_isAFailureInTheReport(AtExitControl control) throws IOException {
        Path replaced = temp.track(Files.createFile(directory.resolve("f")));
        replace(replaced);
        ExitReport report = control.exit();
        ExitReport.Entry manager = report.entries().get(0);
        assertThat(manager.name()).isEqualTo("TempManager");
        ExitReport.Entry entry = manager.children().get(0);
        assertThat(entry.name()).isEqualTo(replaced.toString());
        assertThat(entry.outcome()).isEqualTo(ExitReport.Outcome.FAILED);
        assertThat(report.isClean()).isFalse();
    }

    @Test
    void exit_goneOrRenamedByHand_isSilent(AtExitControl control) throws IOException {
        Files.delete(temp.createFile(directory, "f", ""));
        Path kept = Files.move(temp.createDirectory(directory, "d"), directory.resolve("kept"));
        assertThat(printedBy(control)).isEmpty();
        assertThat(left()).containsExactly(kept);
    }

    @Test
    void track_again_takesWhatIsThereNow(AtExitControl control) throws IOException {
        Path path = temp.track(Files.createFile(directory.resolve("f")));
        replace(path);
        temp.track(path);
        assertThat(temp.count()).isEqualTo(1);
        assertThat(control.exit().isClean()).isTrue();
        assertThat(left()).isEmpty();
    }

    @Test
    void track_missing_isRefused() throws IOException {
        assertThatThrownBy(() -> temp.track(directory.resolve("missing"))).isInstanceOf(NoSuchFileException.class);
        assertThat(temp.count()).isZero();
        temp.close();
    }

    @Test
    void untrack_tracked_staysForEver(AtExitControl control) throws IOException {
        Path path = temp.createFile(directory, "f", "");
        assertThat(temp.untrack(path)).isTrue();
        assertThat(temp.untrack(path)).isFalse();
        control.exit();
        assertThat(left()).containsExactly(path);
    }

    @Test
    void delete_early_onlyWhatIsKnown() throws IOException {
        Path path = temp.createDirectory(directory, "d");
        Files.createDirectories(path.resolve("a/b"));
        Path other = Files.createFile(directory.resolve("other"));
        assertThat(temp.delete(other)).isFalse();
        assertThat(temp.delete(path)).isTrue();
        assertThat(temp.delete(path)).isFalse();
        assertThat(left()).containsExactly(other);
        temp.close();
    }

    @Test
    void delete_replaced_throwsOnceAndIsForgotten() throws IOException {
        Path path = temp.createFile(directory, "f", "");
        replace(path);
        assertThatThrownBy(() -> temp.delete(path)).isInstanceOf(FileSystemException.class);
        assertThat(temp.delete(path)).isFalse();
        temp.close();
        assertThat(left()).containsExactly(path);
    }

    @Test
    void close_again_isQuietAndNothingCanBeAdded() throws IOException {
        temp.createFile(directory, "f", "");
        temp.close();
        temp.close();
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> temp.createFile(directory, "f", ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this TempManager is closed");
        assertThatThrownBy(() -> temp.createDirectory("d")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> temp.track(file)).isInstanceOf(IllegalStateException.class);
        assertThat(left()).containsExactly(file);
    }

    @Test
    void close_interruptedMeanwhile_reportsTheRestAndKeepsIt(AtExitControl control) throws Exception {
        for (int i = 0; i < 2_000; i++) {
            temp.createDirectory(directory, "d");
        }
        List<Boolean> interrupted = new ArrayList<>();
        List<IOException> failures = new ArrayList<>();
        Thread closer = new Thread(() -> {
            try {
                temp.close();
            } catch (IOException left) {
                failures.add(left);
            }
            interrupted.add(Thread.currentThread().isInterrupted());
        });
        closer.start();
        while (temp.count() == 2_000) {
            Thread.onSpinWait();
        }
        closer.interrupt();
        closer.join();
        assertThat(interrupted).containsExactly(true);
        // It may have been quicker than the interrupt.
        assertThat(failures.isEmpty()).isEqualTo(temp.count() == 0);
        assertThat(left()).hasSize(temp.count());
        assertThat(failures).allSatisfy(left -> assertThat(left.getMessage()).contains("interrupted before it was"));
        assertThat(control.exit().isClean()).isTrue();
        assertThat(left()).isEmpty();
    }

    @Test
    void close_interruptedBefore_deletesAll() throws IOException {
        temp.createDirectory(directory, "d");
        temp.createDirectory(directory, "d");
        Thread.currentThread().interrupt();
        try {
            temp.close();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void close_all_leavesNothingAtTheExit(AtExitControl control) throws IOException {
        temp.createFile(directory, "f", "");
        assertThat(control.pending()).containsExactly("TempManager");
        temp.close();
        assertThat(control.pending()).isEmpty();
    }

    @Test
    void manager_unused_hasNoPlaceAtTheExit(AtExitControl control) throws IOException {
        assertThat(control.pending()).isEmpty();
        temp.close();
        assertThat(control.pending()).isEmpty();
    }

    @Test
    void create_afterTheExit_isRefusedAndNothingIsMade(AtExitControl control) throws IOException {
        control.exit();
        assertThatThrownBy(() -> temp.createFile(directory, "f", ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("too late");
        assertThat(left()).isEmpty();
        assertThat(temp.count()).isZero();
    }

    @Test
    void create_byAHandlerAfterTheManagersTurn_isDeletedNext(AtExitControl control) throws IOException {
        List<Boolean> seen = new ArrayList<>();
        List<Path> late = new ArrayList<>();
        AtExit.register(() -> seen.add(Files.exists(late.get(0))));
        AtExit.register(() -> late.add(temp.createFile(directory, "late", "")));
        temp.createFile(directory, "f", "");
        assertThat(control.exit().isClean()).isTrue();
        assertThat(seen).containsExactly(false);
        assertThat(left()).isEmpty();
    }

    @Test
    void create_fromManyThreadsWhileTheExitRuns_leavesNothing(AtExitControl control) throws Exception {
        AtomicBoolean go = new AtomicBoolean(true);
        ConcurrentLinkedQueue<Throwable> refused = new ConcurrentLinkedQueue<>();
        CountDownLatch started = new CountDownLatch(4);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                try {
                    for (int n = 0; go.get() && n < 20_000; n++) {
                        Files.createFile(temp.createDirectory(directory, "d").resolve("x"));
                        if (n == 10) {
                            started.countDown();
                        }
                    }
                } catch (IllegalStateException tooLate) {
                    refused.add(tooLate);
                } catch (IOException deletedUnderOurHands) {
                    started.countDown();
                }
            });
            threads.add(thread);
            thread.start();
        }
        started.await();
        control.exit();
        go.set(false);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(temp.count()).isZero();
        assertThat(left()).isEmpty();
    }

    @Test
    void closeAndExit_atTheSameTime_deleteEachOnce(AtExitControl control) throws Exception {
        for (int i = 0; i < 300; i++) {
            Files.createDirectories(temp.createDirectory(directory, "d").resolve("a/b"));
        }
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        Thread closer = new Thread(() -> {
            try {
                temp.close();
            } catch (Throwable failure) {
                failures.add(failure);
            }
        });
        closer.start();
        ExitReport report = control.exit();
        // What the exit returned from is gone, whoever did it.
        assertThat(left()).isEmpty();
        closer.join();
        assertThat(failures).isEmpty();
        assertThat(report.isClean()).isTrue();
    }

    @Test
    void createAndDeleteEarly_manyTimes_nothingIsKept() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            assertThat(temp.delete(temp.createFile(directory, "f", ""))).isTrue();
        }
        assertThat(temp.count()).isZero();
        temp.close();
    }

    @Test
    void createAndDeleteByHand_manyTimes_littleIsKept() throws IOException {
        Path first = temp.createFile(directory, "first", "");
        for (int i = 0; i < 20_000; i++) {
            Files.delete(temp.createFile(directory, "f", ""));
        }
        assertThat(temp.count()).isLessThan(1_000);
        assertThat(left()).containsExactly(first);
        temp.close();
        assertThat(left()).isEmpty();
    }

    @Test
    void managers_many_eachHasItsOwnPlace(AtExitControl control) throws IOException {
        TempManager other = new TempManager();
        Path mine = temp.createFile(directory, "f", "");
        Path others = other.createFile(directory, "f", "");
        other.close();
        assertThat(left()).containsExactly(mine);
        assertThat(others).doesNotExist();
        control.exit();
        assertThat(left()).isEmpty();
    }
}
