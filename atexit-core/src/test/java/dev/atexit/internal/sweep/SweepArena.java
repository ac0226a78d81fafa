package dev.atexit.internal.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A directory with what the kept journals name, and with files of others beside, inside and behind links. */
final class SweepArena {
    private static final String RANDOM = "00112233445566778899aabbccddeeff";

    final Path files;
    final Path journals;
    private final Path root;

    /** One in place of the one that is there. */
    SweepArena(Path root) throws IOException {
        delete(root);
        this.root = Files.createDirectory(root).toRealPath();
        this.files = this.root.resolve("files");
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        this.journals = Files.createDirectory(this.root.resolve("journals"), owner);
    }

    /** Makes it as it was, and tells how it is. */
    Map<String, String> fill() throws IOException {
        delete(files);
        delete(root.resolve("outside"));
        Path outside = Files.createDirectories(root.resolve("outside"));
        tree(outside, files.resolve("x"));
        fill(files.resolve("x"));
        return look();
    }

    /** Another directory with the same in it, of which nothing may go. */
    Path fillOthers() throws IOException {
        Path others = root.resolve("others");
        fill(others.resolve("x"));
        return others;
    }

    private void fill(Path x) throws IOException {
        Path outside = root.resolve("outside");
        Files.createDirectories(x);
        tree(x.resolve("tree-" + RANDOM), outside);
        tree(x.resolve("tree-ff" + RANDOM.substring(2)), outside);
        tree(x.resolve("neighbour"), outside);
        file(x.resolve("file-" + RANDOM + ".csv"), "content");
        file(x.resolve("file-other.csv"), "content");
        file(x.resolve("program.pid"), "4242\n");
        file(x.resolve("program.pid.lock"), "");
        file(x.resolve(".program.pid." + RANDOM), "4242\n");
        Files.createLink(x.resolve("second"), x.resolve("file-" + RANDOM + ".csv"));
        Files.createSymbolicLink(x.resolve("link"), outside);
    }

    private static void tree(Path path, Path elsewhere) throws IOException {
        Path inner = Files.createDirectories(path.resolve("a"));
        file(inner.resolve("file"), "content");
        file(path.resolve("inside"), "content");
        Files.createSymbolicLink(path.resolve("to"), elsewhere);
    }

    private static void file(Path path, String content) throws IOException {
        Files.writeString(path, content);
    }

    /** Everything that is there, with all that must not change while it stays. */
    Map<String, String> look() throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (Path path : walk(root)) {
            if (!path.startsWith(journals)) {
                PosixFileAttributes there =
                        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                String content = there.isRegularFile() ? " " + there.lastModifiedTime() + " " + there.size() : "";
                found.put(path.toString(), there.fileKey() + " " + there.permissions() + content);
            }
        }
        return found;
    }

    void clearJournals() throws IOException {
        try (Stream<Path> left = Files.list(journals)) {
            for (Path path : left.toList()) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> walk(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            return all.toList();
        }
    }

    private static void delete(Path top) throws IOException {
        if (Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
            for (Path path :
                    walk(top).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
