package dev.atexit.log4j2;

/** How long the close may take, and how that is divided. */
final class Bound {
    private final long begin = System.nanoTime();
    private final long nanos;

    Bound(long nanos) {
        this.nanos = nanos;
    }

    /** How long callbacks of the program may run. */
    long callbacksLeft() {
        return left(nanos / 5);
    }

    /** How long queues may still be emptied. */
    long queuesLeft() {
        return left(nanos / 5 * 3);
    }

    /** How long appenders may still take to stop. */
    long appendersLeft() {
        return left(nanos / 5 * 4);
    }

    /** How long what else there is may take, after an appender has hung. Something is left to say so. */
    long restLeft() {
        return left(nanos / 20 * 19);
    }

    private long left(long share) {
        return Math.max(0, share - (System.nanoTime() - begin));
    }
}
