package dev.atexit.process.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A process that has nothing to do with the library, and keeps files and directories whose names are those of its
 * neighbours but for a few digits. On each line of standard input it looks whether all are still there and the same, and
 * answers {@code ok}, or what is missing.
 */
final class Bystander {
    /** In the name of everything of this process, and by chance in no other. */
    static final String MARK = "0b57a9de";

    private static final int MOST = 200;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Path directory;
    private final Random random = new Random(1);

    // Guarded by this.
    private final Deque<Own> all = new ArrayDeque<>();
    private final List<String> lost = new ArrayList<>();

    private record Own(Path path, @Nullable Object key, boolean isDirectory) {}

    private Bystander(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] args) throws IOException {
        Bystander bystander = new Bystander(Path.of(args[0]));
        Thread thread = new Thread(bystander::work, "works");
        thread.setDaemon(true);
        thread.start();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            System.out.println(bystander.check());
            System.out.flush();
        }
    }

    private void work() {
        while (true) {
            try {
                String like = someName();
                if (like != null) {
                    step(like);
                }
            } catch (IOException failed) {
                synchronized (this) {
                    lost.add(failed.toString());
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The name of something that is there just now, made into one of ours. */
    private @Nullable String someName() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path path : stream) {
                String name = path.getFileName().toString();
                if (!name.contains(MARK)) {
                    names.add(name);
                }
            }
        }
        if (names.isEmpty()) {
            return null;
        }
        String name = names.get(random.nextInt(names.size()));
        int digits = digits(name);
        if (digits < 0) {
            return name + "." + MARK + random.nextInt(MOST);
        }
        int at = digits + random.nextInt(3) * MARK.length();
        return name.substring(0, at) + MARK + name.substring(at + MARK.length());
    }

    /** Where 32 hexadecimal digits begin; -1 if there are none. */
    private static int digits(String name) {
        int run = 0;
        for (int i = 0; i < name.length(); i++) {
            run = Character.digit(name.charAt(i), 16) >= 0 ? run + 1 : 0;
            if (run == 32) {
                return i - 31;
            }
        }
        return -1;
    }

    private synchronized void step(String name) throws IOException {
        Path path = directory.resolve(name);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean isDirectory = random.nextBoolean();
        if (isDirectory) {
            Files.createDirectory(path);
            Files.writeString(path.resolve("f1"), MARK);
        } else {
            Files.writeString(path, MARK);
        }
        all.add(new Own(path, look(path).fileKey(), isDirectory));
        if (all.size() > MOST) {
            Own oldest = all.remove();
            verify(oldest);
            if (oldest.isDirectory) {
                Files.deleteIfExists(oldest.path.resolve("f1"));
            }
            Files.deleteIfExists(oldest.path);
        }
    }

    private static BasicFileAttributes look(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private void verify(Own own) throws IOException {
        try {
            Object key = look(own.path).fileKey();
            Path content = own.isDirectory ? own.path.resolve("f1") : own.path;
            if (key == null || !key.equals(own.key)) {
                lost.add("replaced " + own.path);
            } else if (!Files.readString(content).equals(MARK)) {
                lost.add("changed " + own.path);
            }
        } catch (NoSuchFileException gone) {
            lost.add("gone " + gone.getFile() + " of " + own.path);
        }
    }

    private synchronized String check() throws IOException {
        for (Own own : all) {
            verify(own);
        }
        String answer = lost.isEmpty() ? "ok " + all.size() : lost.toString().replace('\n', ' ');
        lost.clear();
        return answer;
    }
}
