package dev.atexit.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Random trees with links in and out of them, between neighbours that must not change. */
class FileTreePropertyTest {
    private static final String[] NAMES = {"a", "b", " ", "new\nline", "-rf", "*", "...", "ü", ".hidden", "a.b"};

    private Path directory;

    @BeforeProperty
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("trees");
        Path outside = Files.createDirectories(directory.resolve("outside/in/it"));
        Files.writeString(outside.resolve("precious"), "p");
        Files.writeString(directory.resolve("beside"), "b");
    }

    @AfterProperty
    void removeDirectory() throws IOException {
        FileTree.delete(directory);
    }

    @Property(tries = 200)
    void delete_randomTree_isGoneAndNothingElse(@ForAll long seed, @ForAll @IntRange(max = 120) int size)
            throws IOException {
        TreeMap<Path, String> before = snapshot();
        Path root = directory.resolve("root");
        grow(root, new Random(seed), size);
        assertThat(FileTree.delete(root)).isTrue();
        assertThat(Files.exists(root, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(snapshot()).isEqualTo(before);
    }

    private void grow(Path root, Random random, int size) throws IOException {
        Files.createDirectory(root);
        List<Path> directories = new ArrayList<>(List.of(root));
        List<Path> files = new ArrayList<>(List.of(directory.resolve("outside/in/it/precious")));
        for (int i = 0; i < size; i++) {
            // Half the time in the newest: trees get deep, too.
            int in = random.nextBoolean() ? directories.size() - 1 : random.nextInt(directories.size());
            Path path = directories.get(in).resolve(NAMES[random.nextInt(NAMES.length)] + random.nextInt(3));
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            int kind = random.nextInt(8);
            if (kind < 4) {
                directories.add(Files.createDirectory(path));
            } else if (kind < 6) {
                files.add(Files.createFile(path));
            } else if (kind == 6) {
                Files.createLink(path, files.get(random.nextInt(files.size())));
            } else {
                Files.createSymbolicLink(path, target(root, directories, random));
            }
        }
    }

    private Path target(Path root, List<Path> directories, Random random) {
        Path[] targets = {
            directory,
            directory.resolve("outside"),
            directory.resolve("outside/in/it/precious"),
            root,
            Path.of(".."),
            Path.of("../.."),
            Path.of("nowhere"),
            directories.get(random.nextInt(directories.size()))
        };
        return targets[random.nextInt(targets.length)];
    }

    private TreeMap<Path, String> snapshot() throws IOException {
        TreeMap<Path, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.toList()) {
                all.put(path, Files.isRegularFile(path) ? Files.readString(path) : "directory");
            }
        }
        return all;
    }
}
