package dev.atexit.lock;

import java.io.IOException;

/**
 * A lock that this process holds, until it is closed.
 *
 * <pre>{@code
 * try (HeldLock lock = locks.tryAcquire("nightly").orElseThrow()) {
 *     run();
 * }
 * }</pre>
 *
 * <p><b>Threading.</b> It belongs to no thread: any thread may close it, which at the end of a program is always another.
 * <b>Failure.</b> After {@link #close} the lock is free, also if it threw, or else it will be when its engine notices.
 * <b>Not guaranteed.</b> That it is freed when the handle is lost: then it is held as long as the program lives.
 */
public interface HeldLock extends AutoCloseable {
    /**
     * What is locked.
     *
     * @return the name it was asked for by
     */
    String name();

    /**
     * Who holds it.
     *
     * @return this process
     */
    LockOwner owner();

    /**
     * Whether the lock is held, as far as that is known here.
     *
     * @return false once it is closed, or was lost, as an engine's lease may be
     */
    boolean isHeld();

    /**
     * Frees the lock. A later, repeated or concurrent call does nothing, whoever holds the lock by then.
     *
     * @throws IOException if the engine could not be told
     */
    @Override
    void close() throws IOException;
}
