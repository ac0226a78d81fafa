package dev.atexit.internal.exit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Shows an exit on a thread of its own, again and again until it is over: a terminal that does not take anything must not
 * hold the exit. What the engine prints meanwhile goes through here, so that nothing is torn.
 */
final class DisplayTask implements Runnable {
    private static final String DISPLAY = "dev.atexit.internal.display.Display";
    private static final long PAUSE_MS = 100;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ExitSequence sequence;

    /** Held while the display writes. No other lock is taken then, nor that of a stream: who holds one may print. */
    private final Object screen = new Object();

    // Guarded by the screen.
    private @Nullable ExitDisplay display;
    private @Nullable Progress shown;
    private int printing;

    // Guarded by this.
    private boolean over;
    private @Nullable ExitSummary summary;

    private @Nullable SystemThread thread;

    private DisplayTask(ExitSequence sequence) {
        this.sequence = sequence;
    }

    /** Null if the machine has no thread left for it. */
    static @Nullable DisplayTask start(ExitSequence sequence) {
        DisplayTask task = new DisplayTask(sequence);
        SystemThread thread = new SystemThread("atexit-display", task);
        task.thread = thread;
        return thread.tryStart() ? task : null;
    }

    @Override
    public void run() {
        try {
            ExitDisplay found = Class.forName(DISPLAY)
                    .asSubclass(ExitDisplay.class)
                    .getConstructor()
                    .newInstance();
            if (!found.open()) {
                return;
            }
            for (long pause = 0; !isOver(pause); pause = PAUSE_MS) {
                Progress now = sequence.progress();
                synchronized (screen) {
                    display = found;
                    shown = now;
                    // From the first picture on, and not before: until then a line may be printed as it is.
                    StderrObserver.show(this);
                    if (printing == 0) {
                        found.show(now);
                    }
                }
            }
            finish();
        } catch (IOException | ReflectiveOperationException | RuntimeException | Error broken) {
            // The terminal has gone, or there is no memory for a picture: the exit goes on without.
            synchronized (screen) {
                display = null;
            }
        } finally {
            StderrObserver.show(null);
        }
    }

    /** Waits for the time of the next picture; true if there is to be none. */
    @SuppressWarnings("WaitNotInLoop") // a picture that comes early does no harm
    private synchronized boolean isOver(long pauseMs) {
        try {
            if (!over && pauseMs > 0) {
                wait(pauseMs);
            }
        } catch (InterruptedException notOurs) {
            over = true;
        }
        return over;
    }

    private void finish() throws IOException {
        ExitSummary exit;
        synchronized (this) {
            exit = summary;
        }
        synchronized (screen) {
            ExitDisplay open = display;
            display = null;
            if (open != null) {
                open.clear();
                if (exit != null) {
                    open.sumUp(exit);
                }
            }
        }
    }

    /** Prints what stands for itself. */
    void print(StringBuilder out) {
        beginPrinting();
        try {
            StderrObserver.writeAtOnce(out);
        } finally {
            endPrinting();
        }
    }

    private void beginPrinting() {
        synchronized (screen) {
            printing++;
            ExitDisplay open = display;
            if (open != null) {
                try {
                    open.clear();
                } catch (IOException gone) {
                    display = null;
                }
            }
        }
    }

    private void endPrinting() {
        synchronized (screen) {
            printing--;
            ExitDisplay open = display;
            Progress last = shown;
            if (printing == 0 && open != null && last != null) {
                try {
                    open.show(last);
                } catch (IOException gone) {
                    display = null;
                }
            }
        }
    }

    /**
     * Takes away what is shown; returns after so long in any case.
     *
     * @param exit what to leave a line about; null for none
     */
    void end(@Nullable ExitSummary exit, long boundNanos) {
        synchronized (this) {
            if (!over) {
                over = true;
                summary = exit;
                notifyAll();
            }
        }
        SystemThread showing = thread;
        if (showing != null) {
            try {
                showing.join(boundNanos / NANOS_PER_MILLI);
            } catch (InterruptedException enough) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
