package dev.atexit.process.crash;

import dev.atexit.AtExit;
import dev.atexit.file.PidFile;
import dev.atexit.file.TempManager;
import dev.atexit.process.crash.Testimony.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One thread of {@link CrashProgram}. */
final class CrashWorker implements Runnable {
    /** What the content of files of ours begins with that must stay. */
    static final String KEEP = "keep";

    /** Older than the clock of any file system is coarse, so that a file that is made now has another time. */
    private static final long OLD_NANOS = 100_000_000;

    private static final int MOST_KEPT = 40;
    private static final int MOST = 60;

    private static final String[] PREFIXES = {"work-", "part-", ".hidden-", "with blank-", "new\nline-", ""};

    private final Path directory;
    private final String name;
    private final TempManager temp;
    private final Testimony testimony;
    private final Random random;

    private final List<Made> made = new ArrayList<>();
    private @Nullable PidFile pidFile;
    private int count;
    private int kept;

    private record Made(Path path, boolean isDirectory, long atNanos) {}

    CrashWorker(Path directory, String name, TempManager temp, Testimony testimony, long seed) {
        this.directory = directory;
        this.name = name;
        this.temp = temp;
        this.testimony = testimony;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        try {
            while (true) {
                step();
            }
        } catch (IOException | IllegalStateException failed) {
            // Nothing of this fails while nobody cleans up, so somebody did. The parent reads it.
            if (isAlive()) {
                throw new IllegalStateException(failed);
            }
        }
    }

    /** Whether nobody has asked the program to end. */
    private static boolean isAlive() {
        return AtExit.exitReason().isEmpty();
    }

    /** What an exit that has begun already makes of it is not said. */
    private void stays(Path path) throws IOException {
        if (isAlive()) {
            testimony.say(Fate.STAYS, path);
        }
    }

    private void step() throws IOException {
        int what = made.size() >= MOST ? 60 + random.nextInt(25) : random.nextInt(100);
        if (what < 30) {
            makeTree();
        } else if (what < 60) {
            makeFile(directory);
        } else if (what < 80) {
            remove();
        } else if (what < 85) {
            removeByHand();
        } else if (what < 93) {
            pidFile();
        } else if (kept < MOST_KEPT) {
            keepSomething(what);
        }
    }

    private void makeTree() throws IOException {
        Path tree = temp.createDirectory(directory, prefix());
        made.add(new Made(tree, true, System.nanoTime()));
        Path in = tree;
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            in = Files.createDirectory(in.resolve("d" + depth));
            for (int files = random.nextInt(4); files > 0; files--) {
                Files.writeString(in.resolve("f" + files), "content");
            }
        }
        if (random.nextInt(4) == 0) {
            // One that is recorded by itself, in one that is recorded.
            temp.createFile(in, prefix(), ".in");
        }
    }

    private void makeFile(Path in) throws IOException {
        Path file = temp.createFile(in, prefix(), random.nextBoolean() ? ".csv" : "");
        made.add(new Made(file, false, System.nanoTime()));
        Files.writeString(file, "content");
    }

    private void remove() throws IOException {
        Made one = take();
        if (one != null && !temp.delete(one.path)) {
            throw new IOException("was not known: " + one);
        }
    }

    private void removeByHand() throws IOException {
        Made one = take();
        if (one == null) {
            return;
        }
        if (one.isDirectory) {
            // A tree that the program itself has moved away is its own again.
            Path to = directory.resolve("moved-" + name + "-" + count++);
            testimony.say(Fate.EITHER, to);
            Files.move(one.path, to);
            if (kept++ < MOST_KEPT) {
                stays(to);
            } else {
                temp.track(to);
                testimony.say(Fate.GOES, to);
                made.add(new Made(to, true, System.nanoTime()));
            }
        } else {
            Files.delete(one.path);
        }
    }

    private void pidFile() throws IOException {
        PidFile there = pidFile;
        if (there != null) {
            pidFile = null;
            there.close();
        } else {
            pidFile = PidFile.write(directory.resolve(name + ".pid"));
        }
    }

    private void keepSomething(int what) throws IOException {
        Made one = take();
        if (one == null) {
            return;
        }
        if (one.isDirectory) {
            made.add(one);
            trackByHand();
        } else if (what < 95) {
            kept++;
            untrack(one.path);
        } else if (what < 97) {
            kept++;
            replaceAtOnce(one.path);
        } else if (System.nanoTime() - one.atNanos > OLD_NANOS) {
            kept++;
            replaceInTwoSteps(one.path);
        } else {
            trackAgain(one);
        }
    }

    private void trackByHand() throws IOException {
        Path file = directory.resolve("plain-" + name + "-" + count++);
        testimony.say(Fate.EITHER, file);
        Files.writeString(file, "content");
        temp.track(file);
        testimony.say(Fate.GOES, file);
        made.add(new Made(file, false, System.nanoTime()));
    }

    private void untrack(Path file) throws IOException {
        Files.writeString(file, KEEP);
        testimony.say(Fate.EITHER, file);
        if (!temp.untrack(file)) {
            throw new IOException("was not known: " + file);
        }
        stays(file);
    }

    /** Another file takes the name: there are two files for an instant, so it has another inode. */
    private void replaceAtOnce(Path file) throws IOException {
        Path other = Files.writeString(other(), KEEP);
        testimony.say(Fate.EITHER, file);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        stays(file);
        testimony.say(Fate.GOES, other);
    }

    /** Another file takes the name, and most likely the inode: only its time tells them apart. */
    private void replaceInTwoSteps(Path file) throws IOException {
        testimony.say(Fate.EITHER, file);
        Files.delete(file);
        Files.writeString(file, KEEP);
        stays(file);
    }

    /** What took the name is tracked in its turn. */
    private void trackAgain(Made one) throws IOException {
        Path other = Files.writeString(other(), "content");
        testimony.say(Fate.EITHER, one.path);
        Files.move(other, one.path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        temp.track(one.path);
        testimony.say(Fate.GOES, one.path);
        testimony.say(Fate.GOES, other);
        made.add(new Made(one.path, false, System.nanoTime()));
    }

    private Path other() throws IOException {
        Path other = directory.resolve("other-" + name + "-" + count++);
        testimony.say(Fate.EITHER, other);
        return other;
    }

    private @Nullable Made take() {
        return made.isEmpty() ? null : made.remove(random.nextInt(made.size()));
    }

    private String prefix() {
        return PREFIXES[random.nextInt(PREFIXES.length)];
    }
}
