package dev.atexit;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.SystemThread;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Where the exit handlers and a container that stops in a shutdown hook of its own take turns: the JVM starts all hooks at
 * once. The handlers wait until the container has stopped what it runs; the container waits for them with what it does
 * last, such as closing its logging. For those who integrate a container; {@code atexit-spring-boot} does it for Spring Boot.
 *
 * <pre>{@code
 * ExitGate gate = ExitGate.register("stop of the container", () -> container.isStopping());
 * container.afterStop(gate::pass);   // in its shutdown hook
 * }</pre>
 *
 * <p><b>Threading.</b> May be used from any thread. <b>Ordering.</b> At the JVM's exit nothing runs before every gate has
 * been passed. Handlers may still be registered meanwhile. Runs that the program asks for do not wait. <b>Failure.</b> What
 * the condition throws is printed, and the exit goes on. <b>Time.</b> The wait counts as a handler does: it is in the
 * report, it is named when it takes long, and with a deadline it takes at most half of the time that is left. Without one
 * it ends when the gate is passed or the condition does not hold.
 *
 * <p><b>Not guaranteed.</b> That the class loader of a container which registered a gate can be collected: a gate stays until
 * the JVM ends.
 */
public final class ExitGate {
    private final GateTask task;

    private ExitGate(GateTask task) {
        this.task = task;
    }

    /**
     * Has the JVM's exit wait.
     *
     * @param name what is waited for, for reports and messages; not blank
     * @param expected whether the gate will still be passed; asked again and again, up to every millisecond, on a thread of
     *     the library, from the begin of the exit until the gate is passed or the answer is no. The hook of the container
     *     need not have started when it is asked first
     * @return the gate
     * @throws IllegalStateException if the exit has begun; nothing is registered
     */
    public static ExitGate register(String name, BooleanSupplier expected) {
        GateTask task = new GateTask(Arguments.name(name), Objects.requireNonNull(expected, "expected"));
        ExitScope.jvm().addGate(task);
        return new ExitGate(task);
    }

    /**
     * Lets the exit handlers run, and returns when the whole exit sequence is over. To be called in a shutdown hook. While the
     * JVM does not shut down it does nothing; when called again it only waits.
     *
     * @return whether the exit sequence was waited for and is over; false while the JVM does not shut down, if the thread was
     *     interrupted, or if the hook of the exit handlers could not be started
     */
    public boolean pass() {
        return SystemThread.isJvmShuttingDown() && task.pass();
    }
}
