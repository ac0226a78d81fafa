package dev.atexit.process.crash;

import dev.atexit.process.crash.Testimony.Fate;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where programs crash: one directory that all of them make their files in, one state directory, and two processes that
 * live all the time: a {@link Sibling} with a journal of its own and a {@link Bystander} with none.
 */
final class Arena implements AutoCloseable {
    private static final String CHECK = "check";
    private static final String LOCK = ".lock";
    private static final String JOURNAL = ".journal";

    final Path files;
    final Path state;
    final Path logs;

    private final Child bystander;
    private final Child sibling;
    private final Sweeping sweeping;
    private final Path siblingsLock;
    private final Path siblingsJournal;
    private final Object siblingsKeys;

    Arena(Path root) throws IOException {
        files = Files.createDirectories(root.resolve("files"));
        state = Files.createDirectories(root.resolve("state"));
        logs = Files.createDirectories(root.resolve("logs"));
        bystander =
                Child.start(logs.resolve("bystander"), Child.java(state, List.of(), Bystander.class, files.toString()));
        sibling = Child.start(
                logs.resolve("sibling"),
                Child.java(state, List.of("-Datexit.guardian=false"), Sibling.class, files.toString()));
        sweeping = new Sweeping(state, logs.resolve("sweeping"));
        sweeping.awaitReady();
        if (!sibling.awaitLine(Child.READY)) {
            throw new IOException("the sibling did not start: " + sibling.errors());
        }
        List<Path> journals = journals(JOURNAL);
        if (journals.size() != 1) {
            throw new IOException("the sibling has no journal, or more than one: " + journals);
        }
        siblingsJournal = journals.get(0);
        String name = siblingsJournal.getFileName().toString();
        siblingsLock = siblingsJournal.resolveSibling(name.replace(JOURNAL, LOCK));
        siblingsKeys = keys();
    }

    private Object keys() throws IOException {
        return List.of(key(siblingsLock), key(siblingsJournal));
    }

    private static Object key(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
        return Objects.requireNonNullElse(key, path);
    }

    /** What is in the directory of journals and has this ending; without the sibling's once that is known. */
    private List<Path> journals(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        Path directory = state.resolve("journals");
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
                for (Path path : stream) {
                    if (path.toString().endsWith(ending)) {
                        found.add(path);
                    }
                }
            }
        }
        return found;
    }

    /** Sweeps once, in a process of its own that lives on. */
    String sweep() throws IOException {
        return sweeping.sweep();
    }

    /** What should be gone and is there. */
    List<String> orphans(Map<Path, Fate> fates) throws IOException {
        List<String> orphans = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(files)) {
            for (Path path : stream) {
                if (isProgramsOwn(path) && !Scene.isLock(path) && fates.getOrDefault(path, Fate.GOES) == Fate.GOES) {
                    orphans.add(files.relativize(path).toString());
                }
            }
        }
        for (Path path : journals("")) {
            if (!path.equals(siblingsLock) && !path.equals(siblingsJournal)) {
                orphans.add(state.relativize(path).toString());
            }
        }
        return orphans;
    }

    private static boolean isProgramsOwn(Path path) {
        String name = path.getFileName().toString();
        return !name.contains(Bystander.MARK) && !name.startsWith(Sibling.PREFIX);
    }

    /** What was touched and should not have been. */
    List<String> harm(Map<Path, Fate> fates) throws IOException {
        List<String> harm = new ArrayList<>();
        fates.forEach((path, fate) -> {
            if (fate == Fate.STAYS && !Files.exists(path)) {
                harm.add("kept by the program: " + path);
            }
        });
        for (Child child : List.of(bystander, sibling)) {
            String answer = child.ask(CHECK);
            if (!answer.startsWith("ok")) {
                harm.add((child == bystander ? "of the bystander: " : "of the sibling: ") + answer);
            }
        }
        if (!keys().equals(siblingsKeys)) {
            harm.add("the sibling's journal or lock is another file");
        }
        if (!isLocked(siblingsLock)) {
            harm.add("the sibling's lock is not held");
        }
        return harm;
    }

    /** This JVM has no lock on it, so that nothing is lost by looking. */
    private static boolean isLocked(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            return lock == null;
        }
    }

    /** Removes what the programs of one round have left, rightly or not. */
    void clear() throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(files)) {
            for (Path path : stream) {
                if (isProgramsOwn(path)) {
                    deleteTree(path);
                }
            }
        }
        for (Path path : journals("")) {
            if (!path.equals(siblingsLock) && !path.equals(siblingsJournal)) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Kills the sibling, which must lose nothing that it had written down: what is left of it after a sweep. */
    List<String> endOfSibling() throws IOException, InterruptedException {
        sibling.kill();
        sibling.await();
        String swept = sweep();
        List<String> left = new ArrayList<>();
        for (Path directory : List.of(files, state.resolve("journals"))) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
                for (Path path : stream) {
                    String name = path.getFileName().toString();
                    if (!name.contains(Bystander.MARK) && !Scene.isLock(path)) {
                        left.add(name);
                    }
                }
            }
        }
        if (!left.isEmpty()) {
            left.add(swept);
        }
        return left;
    }

    @Override
    public void close() throws IOException {
        bystander.close();
        sibling.close();
        sweeping.close();
    }
}
