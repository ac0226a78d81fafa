package dev.atexit.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeDeleterTest {
    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("it");
    }

    private static BasicFileAttributes look(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileIdentity identity(Path path) throws IOException {
        return FileIdentity.of(look(path));
    }

    private void assertLeftAlone(TreeDeletion deletion) {
        assertThat(deletion.wasReplaced()).isTrue();
        assertThat(deletion.isComplete()).isFalse();
        assertThat(deletion.failed()).isEqualTo(1);
        assertThat(deletion.failures().get(0).path).isEqualTo(path);
        assertThat(deletion.toException())
                .isInstanceOf(FileSystemException.class)
                .hasMessage(path + ": was replaced by something else: left alone");
        assertThat(path.toFile().exists() || Files.isSymbolicLink(path)).isTrue();
    }

    @Test
    void delete_sameFileWritten_isDeleted() throws IOException {
        Files.createFile(path);
        FileIdentity identity = identity(path);
        Files.writeString(path, "written");
        TreeDeletion deletion = TreeDeleter.delete(path, identity);
        assertThat(deletion.isComplete()).isTrue();
        assertThat(deletion.existed()).isTrue();
        assertThat(path).doesNotExist();
    }

    @Test
    void delete_sameDirectoryFilled_isDeleted() throws IOException {
        Files.createDirectory(path);
        FileIdentity identity = identity(path);
        Files.createDirectories(path.resolve("a/b"));
        assertThat(TreeDeleter.delete(path, identity).isComplete()).isTrue();
        assertThat(path).doesNotExist();
    }

    @Test
    void delete_goneOrRenamedAway_isComplete() throws IOException {
        Files.createDirectory(path);
        FileIdentity identity = identity(path);
        Path kept = Files.move(path, directory.resolve("kept"));
        TreeDeletion deletion = TreeDeleter.delete(path, identity);
        assertThat(deletion.isComplete()).isTrue();
        assertThat(deletion.existed()).isFalse();
        assertThat(kept).exists();
    }

    @Test
    void delete_replacedByAnotherWithTheInodeOfTheFirst_isLeftAlone() throws Exception {
        // Inode numbers come back at once on many file systems; then only the creation time tells.
        for (int i = 0; i < 50; i++) {
            Files.createFile(path);
            FileIdentity identity = identity(path);
            long changed = look(path).creationTime().toMillis();
            Files.delete(path);
            do {
                Files.deleteIfExists(path);
                Files.createFile(path);
            } while (look(path).creationTime().toMillis() == changed);
            assertLeftAlone(TreeDeleter.delete(path, identity));
            Files.delete(path);
        }
    }

    @Test
    void delete_fileReplacedByDirectory_isLeftAlone() throws IOException {
        Files.createFile(path);
        FileIdentity identity = identity(path);
        Files.delete(path);
        Files.createDirectories(path.resolve("precious"));
        assertLeftAlone(TreeDeleter.delete(path, identity));
        assertThat(path.resolve("precious")).exists();
    }

    @Test
    void delete_directoryReplacedByLink_isLeftAlone() throws IOException {
        Path precious = Files.createDirectories(directory.resolve("other/precious"));
        Files.createDirectory(path);
        FileIdentity identity = identity(path);
        Files.delete(path);
        Files.createSymbolicLink(path, precious.getParent());
        assertLeftAlone(TreeDeleter.delete(path, identity));
        assertThat(precious).exists();
    }

    @Test
    void delete_directoryReplacedByAnotherMovedThere_isLeftAlone() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.createFile(other.resolve("precious"));
        Files.createDirectory(path);
        FileIdentity identity = identity(path);
        Files.delete(path);
        Files.move(other, path);
        assertLeftAlone(TreeDeleter.delete(path, identity));
        assertThat(path.resolve("precious")).exists();
    }

    @Test
    void delete_trackedLink_onlyTheLink() throws IOException {
        Path target = Files.createDirectory(directory.resolve("target"));
        Files.createSymbolicLink(path, target);
        assertThat(TreeDeleter.delete(path, identity(path)).isComplete()).isTrue();
        assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(target).exists();
    }

    @Test
    void secureWalk_interruptedMeanwhile_stopsReportsAndStaysInterrupted() throws IOException {
        Files.createDirectories(path.resolve("a/b"));
        TreeDeletion result = new TreeDeletion(path);
        Interrupts interrupts = new Interrupts();
        try (var parent = Files.newDirectoryStream(directory);
                Anchor anchor = new SecureAnchor((SecureDirectoryStream<Path>) parent, path.getFileName());
                var opened = anchor.open()) {
            SecureDirectoryStream<Path> secure = (SecureDirectoryStream<Path>) opened;
            SecureWalk walk = new SecureWalk(path, anchor, secure, anchor.look(), result, interrupts);
            Thread.currentThread().interrupt();
            walk.run();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.failures().get(0).reason).isEqualTo("interrupted before everything was deleted");
        assertThat(path.resolve("a/b")).exists();
    }

    /** Puts a file into the tree each time that it is about to be removed. */
    private record Refilling(Anchor anchor, Path root, AtomicInteger times) implements Anchor {
        @Override
        public BasicFileAttributes look() throws IOException {
            return anchor.look();
        }

        @Override
        public BasicFileAttributes lookAtParent() throws IOException {
            return anchor.lookAtParent();
        }

        @Override
        public void deleteFile() throws IOException {
            anchor.deleteFile();
        }

        @Override
        public void deleteDirectory() throws IOException {
            if (times.getAndDecrement() > 0) {
                Files.createFile(root.resolve("again"));
            }
            anchor.deleteDirectory();
        }

        @Override
        public DirectoryStream<Path> open() throws IOException {
            return anchor.open();
        }

        @Override
        public void close() throws IOException {
            anchor.close();
        }
    }

    private TreeDeletion deleteRefilled(int times) throws IOException {
        Files.createDirectories(path.resolve("a/b"));
        TreeDeletion result = new TreeDeletion(path);
        try (var parent = Files.newDirectoryStream(directory);
                Anchor secure = new SecureAnchor((SecureDirectoryStream<Path>) parent, path.getFileName());
                Anchor anchor = new Refilling(secure, path, new AtomicInteger(times));
                var opened = anchor.open()) {
            new SecureWalk(path, anchor, (SecureDirectoryStream<Path>) opened, anchor.look(), result, new Interrupts())
                    .run();
        }
        return result;
    }

    @Test
    void secureWalk_writerThatEnds_isOutlasted() throws IOException {
        assertThat(deleteRefilled(5).isComplete()).isTrue();
        assertThat(path).doesNotExist();
    }

    @Test
    void secureWalk_writerThatGoesOn_isReported() throws IOException {
        TreeDeletion result = deleteRefilled(Integer.MAX_VALUE);
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.toException()).hasMessage(path + ": not empty: something adds files to it all the time");
        assertThat(path.resolve("again")).exists();
    }

    @Test
    void secureWalk_rootReplacedMeanwhile_leavesTheOther() throws IOException {
        Path moved = directory.resolve("moved");
        Files.createDirectories(path.resolve("a/b"));
        TreeDeletion result = new TreeDeletion(path);
        try (var parent = Files.newDirectoryStream(directory);
                Anchor anchor = new SecureAnchor((SecureDirectoryStream<Path>) parent, path.getFileName());
                var opened = anchor.open()) {
            BasicFileAttributes seen = anchor.look();
            Files.move(path, moved);
            Files.createDirectory(path);
            new SecureWalk(path, anchor, (SecureDirectoryStream<Path>) opened, seen, result, new Interrupts()).run();
        }
        assertThat(result.wasReplaced()).isTrue();
        assertThat(path).isEmptyDirectory();
        assertThat(moved).isEmptyDirectory();
    }

    @Test
    void pathWalk_interruptedMeanwhile_stopsReportsAndStaysInterrupted() throws IOException {
        Files.createDirectories(path.resolve("a/b"));
        TreeDeletion result = new TreeDeletion(path);
        PathWalk walk = new PathWalk(path, result, new Interrupts());
        Thread.currentThread().interrupt();
        try {
            walk.run();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(result.failed()).isEqualTo(1);
        assertThat(path.resolve("a/b")).exists();
    }

    @Test
    void pathWalk_linksAndFiles_goWithTheTreeAndNothingElse() throws IOException {
        Path outside = Files.createDirectories(directory.resolve("outside/precious"));
        for (int i = 0; i < 3; i++) {
            Path in = Files.createDirectories(path.resolve("d" + i + "/x"));
            Files.createSymbolicLink(in.resolve("out"), outside.getParent());
            Files.createSymbolicLink(in.resolve("up"), path);
            Files.createFile(in.resolve("f"));
        }
        TreeDeletion result = new TreeDeletion(path);
        new PathWalk(path, result, new Interrupts()).run();
        assertThat(result.isComplete()).isTrue();
        assertThat(path).doesNotExist();
        assertThat(outside).exists();
    }

    @Test
    void result_manyFailures_areCountedAndAHundredAreListed() {
        TreeDeletion result = new TreeDeletion(path);
        for (int i = 0; i < 1_000; i++) {
            result.fail(path.resolve("f" + i), "because");
        }
        assertThat(result.failed()).isEqualTo(1_000);
        IOException all = result.toException();
        assertThat(all).hasMessage(path + ": 1000 left, the first is " + path.resolve("f0") + ": because");
        assertThat(List.of(all.getSuppressed())).hasSize(100);
        assertThat(all.getSuppressed()[99]).hasMessage(path.resolve("f99") + ": because");
        result.forgetFailures();
        assertThat(result.isComplete()).isTrue();
    }

    @Test
    void checked_relative_isMadeAbsolute() {
        assertThat(TreeDeleter.checked("p", Path.of("a")))
                .isEqualTo(Path.of("a").toAbsolutePath());
        assertThatThrownBy(() -> TreeDeleter.checked("p", Path.of("a/.")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("p must end in the name of a file or directory, but is 'a/.'");
    }
}
