package dev.atexit.internal.flight;

import dev.atexit.internal.exit.ExitScope;
import java.util.Map;

/**
 * Keeps the flight recorder's shutdown hook waiting until the exit sequence is over: it would close the recording at the
 * moment at which the exit begins. The hook asks for the periodic events of the end of a chunk, one of which is ours, and
 * goes on when that has been answered.
 */
final class RecordingHold implements Runnable {
    /** The JVM starts all hooks at once; ours must have begun by then, or it never will. */
    private static final long BEGIN_NANOS = 10_000_000_000L;

    /** Longer exits are cut off in the recording. */
    private static final long MOST_NANOS = 120_000_000_000L;

    private static final long BEGIN_LOOK_MS = 1;
    private static final long LOOK_MS = 100;

    /** Who is found waiting for the recorder so many times in a row does not only pass by. */
    private static final int WANTED = 3;

    private static final String HOOK = "JFR Shutdown Hook";
    private static final String OWN_THREADS = "JFR ";

    /** The classes that begin, end and dump recordings. */
    private static final String RECORDER = "jdk.jfr.internal.PlatformRecord";

    private volatile boolean over;

    /** The exit has ended, and what there was to write is written. */
    void release() {
        over = true;
    }

    /** Called by the recorder at the end of each chunk; only the one at the end of the program waits. */
    @Override
    public void run() {
        if (!Thread.currentThread().getName().equals(HOOK)) {
            return;
        }
        try {
            await(System.nanoTime());
        } catch (InterruptedException asked) {
            // Nobody may be kept who is asked to go on.
            Thread.currentThread().interrupt();
        }
    }

    private void await(long began) throws InterruptedException {
        Thread hook = ExitScope.runningHook();
        while (hook == null && !over && System.nanoTime() - began < BEGIN_NANOS) {
            Thread.sleep(BEGIN_LOOK_MS);
            hook = ExitScope.runningHook();
        }
        int wanted = 0;
        while (hook != null && hook.isAlive() && !over && wanted < WANTED && System.nanoTime() - began < MOST_NANOS) {
            hook.join(LOOK_MS);
            wanted = isRecorderWanted() ? wanted + 1 : 0;
        }
    }

    /** Whether somebody wants to begin, end or dump a recording, which waits until the hook that is held here goes on. */
    private static boolean isRecorderWanted() {
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            // The recorder's own threads wait for it often, and for nothing that is in a hurry.
            if (!entry.getKey().getName().startsWith(OWN_THREADS)) {
                for (StackTraceElement frame : entry.getValue()) {
                    if (frame.getClassName().startsWith(RECORDER)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
