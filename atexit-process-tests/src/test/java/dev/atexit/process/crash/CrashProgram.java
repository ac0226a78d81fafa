package dev.atexit.process.crash;

import dev.atexit.file.TempManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes, fills, replaces and removes temporary trees, files and pid files from several threads, as fast as it can, until
 * something ends it. Arguments: the directory for the files, the file for the {@link Testimony}, a name of its own, a seed,
 * a {@link CrashKind}, a {@link When}, and a delay in nanoseconds of what the program does to itself.
 */
final class CrashProgram {
    /** When the delay begins. */
    enum When {
        /** With {@code main}. */
        AT_START,
        /** With the first creation. */
        WHEN_READY,
        /** With a line on standard input. */
        WHEN_TOLD
    }

    private static final int THREADS = 4;
    private static final int CHUNK = 1 << 20;
    private static final int HALT_STATUS = 9;

    private CrashProgram() {}

    public static void main(String[] args) throws Exception {
        CrashKind kind = CrashKind.valueOf(args[4]);
        @Nullable When when = kind.isOwnDoing() ? When.valueOf(args[5]) : null;
        long delayNanos = Long.parseLong(args[6]);
        if (when == When.AT_START) {
            endLater(kind, delayNanos);
        }
        Testimony testimony = new Testimony(Path.of(args[1]));
        TempManager shared = new TempManager();
        Random random = new Random(Long.parseLong(args[3]));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            TempManager temp = i % 2 == 0 ? shared : new TempManager();
            CrashWorker worker =
                    new CrashWorker(Path.of(args[0]), args[2] + "-" + i, temp, testimony, random.nextLong());
            threads.add(new Thread(worker, "worker " + i));
        }
        System.out.println(Child.READY);
        System.out.flush();
        if (when == When.WHEN_READY) {
            endLater(kind, delayNanos);
        }
        for (Thread thread : threads) {
            thread.start();
        }
        if (when == When.WHEN_TOLD && System.in.read() >= 0) {
            endLater(kind, delayNanos);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void endLater(CrashKind kind, long delayNanos) {
        long end = System.nanoTime() + delayNanos;
        Thread thread = new Thread(() -> end(kind, end), "ends");
        thread.setDaemon(true);
        thread.start();
    }

    private static void end(CrashKind kind, long endNanos) {
        for (long left = endNanos - System.nanoTime(); left > 0; left = endNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        if (kind == CrashKind.HALT) {
            Runtime.getRuntime().halt(HALT_STATUS);
        }
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[CHUNK]);
        }
    }
}
