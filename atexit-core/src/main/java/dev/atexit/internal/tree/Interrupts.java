package dev.atexit.internal.tree;

/**
 * Whether the deleting thread is asked to stop. An interrupt that was there before is none of our business: cleanup in a
 * thread that is being stopped must still clean up. The flag is never cleared.
 */
final class Interrupts {
    private final boolean before = Thread.currentThread().isInterrupted();

    boolean pending() {
        return !before && Thread.currentThread().isInterrupted();
    }
}
