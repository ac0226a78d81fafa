package dev.atexit.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a walk makes of the troubles that a file system can give it, in the order of a tree's ways to go. */
class SecureWalkTest {
    private static final String READ_ONLY = "r-xr-x---";

    @TempDir
    Path directory;

    private Path root;
    private final List<String> done = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();

    @BeforeEach
    void name() throws IOException {
        root = directory.resolve("tree");
        try (var stream = Files.newDirectoryStream(directory)) {
            assumeTrue(stream instanceof SecureDirectoryStream, "this file system gives no handles on directories");
        }
    }

    private TreeDeletion delete(TroubledDirectory.Trouble trouble) throws IOException {
        TroubledDirectory.Trouble recorded = (what, name) -> {
            done.add(what + " " + name);
            trouble.before(what, name);
        };
        TreeDeletion result = new TreeDeletion(root);
        try (var parent = Files.newDirectoryStream(directory);
                Anchor anchor = new SecureAnchor((SecureDirectoryStream<Path>) parent, root.getFileName());
                TroubledDirectory opened =
                        new TroubledDirectory((SecureDirectoryStream<Path>) anchor.open(), "tree", recorded, open)) {
            new SecureWalk(root, anchor, opened, anchor.look(), result, new Interrupts()).run();
        }
        assertThat(open).as("directories left open").hasValue(0);
        return result;
    }

    private void assertGone(TreeDeletion result) {
        assertThat(result.failures())
                .extracting(failure -> failure.path + ": " + failure.reason)
                .isEmpty();
        assertThat(result.isComplete()).isTrue();
        assertThat(root).doesNotExist();
    }

    private static void assertLeft(TreeDeletion result, Path what, String why) {
        assertThat(result.failures())
                .extracting(failure -> failure.path + ": " + failure.reason)
                .containsExactly(what + ": " + why);
        assertThat(what).exists();
    }

    /** Throws the first {@code times} times, or always. */
    private static TroubledDirectory.Trouble trouble(String what, String name, int times, IOException error) {
        AtomicInteger left = new AtomicInteger(times);
        return (did, at) -> {
            if (did.equals(what) && at.equals(name) && left.getAndDecrement() > 0) {
                throw error;
            }
        };
    }

    private static TroubledDirectory.Trouble always(String what, String name, IOException error) {
        return trouble(what, name, Integer.MAX_VALUE, error);
    }

    private static IOException denied() {
        return new AccessDeniedException("it");
    }

    private Path chain(int depth) throws IOException {
        Path at = root;
        for (int i = 1; i <= depth; i++) {
            at = at.resolve("d" + i);
        }
        return Files.createDirectories(at);
    }

    private Path makeReadOnly(String name) throws IOException {
        return Files.setPosixFilePermissions(root.resolve(name), PosixFilePermissions.fromString(READ_ONLY));
    }

    @Test
    void tree_ofOrdinaryDepth_isNeverChangedButByDeleting() throws IOException {
        Files.createFile(chain(33).resolve("file"));
        assertThat(delete((what, name) -> {}).failures()).isEmpty();
        // The 33rd is the first one that may not be entered where it is.
        assertThat(done).filteredOn(what -> what.startsWith("move")).containsExactly("move d33");
        assertThat(root).doesNotExist();
        done.clear();
        Files.createFile(chain(32).resolve("file"));
        assertGone(delete((what, name) -> {}));
        assertThat(done).noneMatch(what -> what.startsWith("move"));
    }

    @Test
    void tree_deepAndOneFileStays_saysWhereItCameFrom() throws IOException {
        Path file = Files.createFile(chain(70).resolve("file"));
        TreeDeletion result = delete(always("file", "file", new FileSystemException("file", null, "busy")));
        assertThat(result.failed()).isEqualTo(1);
        TreeDeletion.Failure failure = result.failures().get(0);
        assertThat(failure.path.getFileName()).hasToString("file");
        // The 33rd directory is moved up, and the 32nd below that one.
        Path from = file.getRoot().resolve(file.subpath(0, root.getNameCount() + 65));
        assertThat(failure.reason).isEqualTo("busy (was moved up from " + from + ")");
    }

    @Test
    void file_inADirectoryThatMayNotBeWritten_isDeletedOnceThatIsRepaired() throws IOException {
        Files.createFile(chain(1).resolve("file"));
        makeReadOnly("d1");
        assertGone(delete(trouble("file", "file", 1, denied())));
    }

    @Test
    void file_stillNotDeletableAfterTheRepair_isLeftWithWhatIsAroundIt() throws IOException {
        Path file = Files.createFile(chain(2).resolve("file"));
        Files.createFile(file.resolveSibling("other"));
        makeReadOnly("d1/d2");
        assertLeft(delete(always("file", "file", denied())), file, "access denied");
        assertThat(file.resolveSibling("other")).doesNotExist();
        // Once before it is entered, and not again when it is left.
        assertThat(done).containsOnlyOnce("directory d2").containsOnlyOnce("directory d1");
    }

    @Test
    void file_deniedWhereThereIsNothingToRepair_isTriedOnce() throws IOException {
        Path file = Files.createFile(chain(1).resolve("file"));
        assertLeft(delete(always("file", "file", denied())), file, "access denied");
        assertThat(done).containsOnlyOnce("file file");
    }

    @Test
    void directory_empty_isDeletedWithoutBeingOpened() throws IOException {
        chain(1);
        assertGone(delete((what, name) -> {}));
        assertThat(done).contains("directory d1").doesNotContain("open d1");
    }

    @Test
    void directory_deniedInOneThatMayBeRepaired_isDeleted() throws IOException {
        Files.createDirectories(root.resolve("d1/d2"));
        makeReadOnly("d1");
        assertGone(delete(trouble("directory", "d2", 1, denied())));
        Files.createFile(chain(2).resolve("file"));
        makeReadOnly("d1");
        AtomicInteger seen = new AtomicInteger();
        // When it is left, not before it is entered.
        assertGone(delete((what, name) -> {
            if (what.equals("directory") && name.equals("d2") && seen.incrementAndGet() == 2) {
                throw denied();
            }
        }));
    }

    @Test
    void directory_thatMayNotBeDeleted_losesWhatIsInIt() throws IOException {
        Path file = Files.createFile(chain(2).resolve("file"));
        assertLeft(delete(always("directory", "d2", denied())), file.getParent(), "access denied");
        assertThat(file).doesNotExist();
    }

    @Test
    void directory_thatMayNotBeRead_isLeftAndTheRestGoes() throws IOException {
        Path file = Files.createFile(chain(2).resolve("file"));
        Files.createFile(root.resolve("other"));
        assertLeft(delete(always("open", "d2", denied())), file.getParent(), "cannot be read: access denied");
        assertThat(root.resolve("other")).doesNotExist();
    }

    @Test
    void directory_whoseListingBreaks_isLeft() throws IOException {
        chain(2);
        Files.createFile(root.resolve("d1/file"));
        assertLeft(
                delete(always("list", "d1", new IOException("broken"))), root.resolve("d1"), "cannot be read: broken");
    }

    @Test
    void descriptors_usedUpBelow_directoryIsMovedUpAndEnteredThere() throws IOException {
        Files.createFile(chain(3).resolve("file"));
        assertGone(delete(trouble("open", "d3", 1, new FileSystemException("d3", null, "Too many open files"))));
        assertThat(done).contains("move d3");
    }

    @Test
    void descriptors_usedUpInTheRoot_isReported() throws IOException {
        Files.createFile(chain(1).resolve("file"));
        IOException none = new FileSystemException("d1", null, "Too many open files");
        assertLeft(delete(always("open", "d1", none)), root.resolve("d1"), "Too many open files");
        assertThat(done).doesNotContain("move d1");
    }

    @Test
    void move_deniedByTheDirectoryItself_isRepairedFirst() throws IOException {
        Files.createFile(chain(33).resolve("file"));
        String deepest = root.relativize(chain(33)).toString();
        makeReadOnly(deepest);
        assertGone(delete(trouble("move", "d33", 1, denied())));
    }

    @Test
    void move_deniedAndNothingToRepair_isReported() throws IOException {
        Files.createFile(chain(33).resolve("file"));
        assertLeft(delete(always("move", "d33", denied())), chain(33), "access denied");
    }

    @Test
    void directory_swappedOnceForAnother_isLookedAtAgain() throws IOException {
        Files.createFile(chain(1).resolve("file"));
        Path aside = directory.resolve("aside");
        AtomicInteger times = new AtomicInteger();
        assertGone(delete((what, name) -> {
            if (what.equals("open") && name.equals("d1") && times.getAndIncrement() == 0) {
                Files.move(root.resolve("d1"), aside);
                Files.createFile(Files.createDirectory(root.resolve("d1")).resolve("other"));
            }
        }));
        assertThat(aside.resolve("file")).exists();
    }

    @Test
    void directory_swappedOnceForAFile_fileGoes() throws IOException {
        Files.createFile(chain(1).resolve("file"));
        Path aside = directory.resolve("aside");
        AtomicInteger times = new AtomicInteger();
        assertGone(delete((what, name) -> {
            if (what.equals("open") && name.equals("d1") && times.getAndIncrement() == 0) {
                Files.move(root.resolve("d1"), aside);
                Files.createFile(root.resolve("d1"));
            }
        }));
        assertThat(aside.resolve("file")).exists();
    }

    @Test
    void directory_swappedAllTheTime_isLeftInTheEnd() throws IOException {
        Files.createFile(chain(1).resolve("file"));
        AtomicInteger times = new AtomicInteger();
        TreeDeletion result = delete((what, name) -> {
            if (what.equals("open") && name.equals("d1")) {
                Files.move(root.resolve("d1"), directory.resolve("aside" + times.getAndIncrement()));
                Files.createFile(Files.createDirectory(root.resolve("d1")).resolve("other"));
            }
        });
        assertLeft(result, root.resolve("d1"), "was changed all the time while it was to be deleted: left alone");
        // 8 looks, and 8 more tries after the first one.
        assertThat(times).hasValue(8 * 9);
    }

    @Test
    void directory_filledAgainWhenItIsLeft_isEmptiedAgain() throws IOException {
        Files.createFile(chain(2).resolve("file"));
        AtomicInteger times = new AtomicInteger();
        assertGone(delete((what, name) -> {
            if (what.equals("directory") && name.equals("d2") && times.incrementAndGet() == 2) {
                Files.createFile(root.resolve("d1/d2/again"));
            }
        }));
    }

    @Test
    void entry_goneMeanwhile_isAsItWasToBe() throws IOException {
        Files.createFile(chain(2).resolve("file"));
        AtomicInteger times = new AtomicInteger();
        assertGone(delete((what, name) -> {
            if (name.equals("file")
                    || (what.equals("directory") && name.equals("d2") && times.incrementAndGet() == 2)) {
                Files.deleteIfExists(root.resolve("d1/d2/file"));
                if (!name.equals("file")) {
                    Files.delete(root.resolve("d1/d2"));
                }
            }
        }));
    }
}
