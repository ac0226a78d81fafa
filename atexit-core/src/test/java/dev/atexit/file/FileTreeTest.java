package dev.atexit.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    @TempDir
    Path directory;

    private Path root;
    private Path outside;

    @BeforeEach
    void makeOutside() throws IOException {
        root = directory.resolve("root");
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "p");
    }

    private void assertOutsideUntouched() throws IOException {
        assertThat(Files.readString(outside.resolve("precious"))).isEqualTo("p");
        assertThat(directory.toFile().list()).containsExactly("outside");
    }

    private static void sh(Path where, String script) throws Exception {
        Process shell = new ProcessBuilder("sh", "-ec", script)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes());
        assertThat(shell.waitFor()).as(said).isZero();
    }

    @Test
    void delete_missing_saysSo() throws IOException {
        assertThat(FileTree.delete(root)).isFalse();
        assertThat(FileTree.delete(root.resolve("in").resolve("it"))).isFalse();
    }

    @Test
    void delete_file_isGone() throws IOException {
        Files.createFile(root);
        assertThat(FileTree.delete(root)).isTrue();
        assertOutsideUntouched();
    }

    @Test
    void delete_relativePathWithDots_meansThatPlace() throws IOException {
        Files.createDirectories(root.resolve("a/b"));
        Path relative = Path.of("")
                .toAbsolutePath()
                .relativize(root.resolve("a").resolve("..").resolve("a"));
        assertThat(FileTree.delete(relative)).isTrue();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void delete_belowAFile_throws() throws IOException {
        Files.createFile(root);
        assertThatThrownBy(() -> FileTree.delete(root.resolve("x"))).isInstanceOf(IOException.class);
        assertThat(root).exists();
    }

    @Test
    void delete_pathsThatNameNothing_areRefused() {
        Path top = directory.getRoot();
        for (Path path : new Path[] {Path.of(""), Path.of("."), Path.of(".."), directory.resolve(".."), top}) {
            assertThatThrownBy(() -> FileTree.delete(path))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("path must end in the name");
        }
        assertThatThrownBy(() -> FileTree.delete(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("path");
    }

    @Test
    void delete_linkToADirectory_deletesTheLink() throws IOException {
        Files.createSymbolicLink(root, outside);
        assertThat(FileTree.delete(root)).isTrue();
        assertOutsideUntouched();
    }

    @Test
    void delete_throughALinkInTheParents_reachesTheTree() throws IOException {
        Files.createDirectories(root.resolve("tree/x"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), root);
        assertThat(FileTree.delete(link.resolve("tree"))).isTrue();
        assertThat(root).isEmptyDirectory();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void delete_linksOfEveryKind_areDeletedThemselves() throws IOException {
        Files.createDirectories(root.resolve("a/b"));
        Files.createSymbolicLink(root.resolve("a/out"), outside);
        Files.createSymbolicLink(root.resolve("a/file"), outside.resolve("precious"));
        Files.createSymbolicLink(root.resolve("a/b/dangling"), Path.of("nowhere"));
        Files.createSymbolicLink(root.resolve("a/b/self"), Path.of("self"));
        Files.createSymbolicLink(root.resolve("a/b/up"), root);
        Files.createSymbolicLink(root.resolve("a/b/dots"), Path.of("../../../outside"));
        Files.createLink(root.resolve("hard"), outside.resolve("precious"));
        assertThat(FileTree.delete(root)).isTrue();
        assertOutsideUntouched();
    }

    @Test
    void delete_pipesAndSockets_areGone() throws Exception {
        Files.createDirectories(root.resolve("a"));
        sh(root, "mkfifo a/pipe");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path place = root.resolve("s");
            assumeTrue(place.toString().length() < 100, "the directory's path is too long for a socket");
            socket.bind(UnixDomainSocketAddress.of(place));
            assertThat(FileTree.delete(root)).isTrue();
        }
        assertOutsideUntouched();
    }

    @Test
    void delete_namesNobodyExpects_areGone() throws Exception {
        Files.createDirectories(root);
        sh(root, """
                n=$(printf 'new\\nline'); mkdir "$n"; : > "$n/$n"
                b=$(printf 'b\\377\\376d\\200'); mkdir "$b"; : > "$b/$b"; mkdir "$b/d"; : > "$b/d/$b"
                for s in ' ' '*' '-rf' '\\' '...' 'a b'; do mkdir -- "$s"; : > "./$s/$s"; done
                """);
        assertThat(FileTree.delete(root)).isTrue();
        assertOutsideUntouched();
    }

    @Test
    void delete_rootWithAnInvalidName_isGone() throws Exception {
        sh(directory, "b=$(printf 'r\\377'); mkdir -p \"$b/x\"; : > \"$b/x/y\"");
        try (var entries = Files.newDirectoryStream(directory, p -> !p.endsWith("outside"))) {
            for (Path entry : entries) {
                assertThat(FileTree.delete(entry)).isTrue();
            }
        }
        assertOutsideUntouched();
    }

    @Test
    void delete_deepTree_isGone() throws Exception {
        Path deep = Files.createDirectories(root);
        for (int i = 0; i < 150; i++) {
            Files.createFile(deep.resolve("file"));
            Files.createDirectories(deep.resolve("empty"));
            deep = Files.createDirectory(deep.resolve(i % 2 == 0 ? "d" : "dir\n"));
        }
        assertThat(FileTree.delete(root)).isTrue();
        assertOutsideUntouched();
    }

    @Test
    @Tag("many")
    void delete_hundredThousandFiles_areGone() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            Path in = Files.createDirectories(root.resolve("d" + i));
            for (int j = 0; j < 100; j++) {
                Files.createFile(in.resolve("f" + j));
            }
        }
        assertThat(FileTree.delete(root)).isTrue();
        assertOutsideUntouched();
    }

    @Test
    void delete_somethingAddsFilesAllTheTime_endsAndSaysWhatIsLeft() throws Exception {
        CountDownLatch writes = new CountDownLatch(1);
        AtomicBoolean writing = new AtomicBoolean(true);
        Thread writer = new Thread(() -> {
            for (int i = 0; writing.get(); i++) {
                if (root.resolve("a/b/f" + i % 1_000).toFile().mkdirs()) {
                    writes.countDown();
                }
            }
        });
        writer.start();
        writes.await();
        try {
            assertThat(FileTree.delete(root)).isTrue();
        } catch (FileSystemException reported) {
            assertThat(reported).hasMessageMatching("(?s).*(adds files|changed) .*all the time.*");
        } finally {
            writing.set(false);
            writer.join();
        }
        FileTree.delete(root);
        assertOutsideUntouched();
    }

    @Test
    void delete_manyTimes_leaksNoDescriptor() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "there is no list of descriptors here");
        int before = descriptors.toFile().list().length;
        for (int i = 0; i < 300; i++) {
            Files.createDirectories(root.resolve("a/b/c"));
            Files.createFile(root.resolve("f"));
            FileTree.delete(root.resolve("f"));
            FileTree.delete(root.resolve("missing"));
            FileTree.delete(root);
        }
        assertThat(descriptors.toFile().list().length).isLessThan(before + 100);
        assertOutsideUntouched();
    }

    @Test
    void delete_twoAtOnce_bothEndAndAllIsGone() throws Exception {
        for (int i = 0; i < 200; i++) {
            Path in = Files.createDirectories(root.resolve("d" + i + "/x/y"));
            Files.createFile(in.resolve("f"));
        }
        AtomicBoolean fine = new AtomicBoolean();
        Thread other = new Thread(() -> {
            try {
                FileTree.delete(root);
                fine.set(true);
            } catch (IOException reported) {
                throw new java.io.UncheckedIOException(reported);
            }
        });
        other.start();
        FileTree.delete(root);
        other.join();
        assertThat(fine).isTrue();
        assertOutsideUntouched();
    }

    @Test
    void delete_interruptedBefore_deletesAndStaysInterrupted() throws IOException {
        Files.createDirectories(root.resolve("a/b"));
        Thread.currentThread().interrupt();
        boolean deleted;
        boolean interrupted;
        try {
            deleted = FileTree.delete(root);
        } finally {
            interrupted = Thread.interrupted();
        }
        assertThat(deleted).isTrue();
        assertThat(interrupted).isTrue();
        assertOutsideUntouched();
    }

    @Test
    void delete_inAFileSystemWithoutHandles_goesByPaths() throws IOException {
        URI zip = URI.create("jar:" + directory.resolve("a.zip").toUri());
        try (FileSystem system = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path tree = system.getPath("/tree");
            for (int i = 0; i < 20; i++) {
                Path in = Files.createDirectories(tree.resolve("d" + i + "/x/y"));
                Files.createFile(in.resolve("f"));
                Files.createFile(in.resolveSibling("g"));
            }
            Files.createFile(system.getPath("/other"));
            assertThat(FileTree.delete(tree)).isTrue();
            assertThat(Files.exists(tree, LinkOption.NOFOLLOW_LINKS)).isFalse();
            assertThat(Files.exists(system.getPath("/other"))).isTrue();
            assertThat(FileTree.delete(tree)).isFalse();
        }
    }
}
