package dev.atexit.logging;

import java.time.Duration;

/**
 * Closes one logging framework when the program ends. Implemented by a module for that framework and found by {@link
 * java.util.ServiceLoader} when {@link LoggingShutdown#register} is called; programs do not call it.
 *
 * <pre>{@code
 * module com.example.logging {
 *     provides dev.atexit.logging.LoggingBackend with com.example.logging.ExampleBackend;
 * }
 * }</pre>
 *
 * <p><b>Threading.</b> {@link #prepare} is called on the thread that registers, never twice at once. {@link #close} is
 * called once, on a thread of the library, when every exit handler has run. <b>Ordering.</b> Backends are closed in the
 * order in which they were found, after java.util.logging. <b>Failure.</b> What a backend throws is printed; the other
 * ones go on. <b>Time.</b> {@code close} keeps to the bound it is given; with a deadline, a backend that does not is
 * interrupted and left behind. <b>Not guaranteed.</b> That {@code close} is reached: the program may be killed.
 */
public interface LoggingBackend {
    /**
     * The framework's name as its users write it: {@code Logback}, {@code Log4j2}. A framework that is present, and for
     * which no backend has this name, is pointed out to the user.
     *
     * @return the name, for messages
     */
    String name();

    /**
     * Whether {@link #close} ends logging for the rest of the JVM. Then an exit that does not end the JVM, as {@code
     * atexit-testkit} has them, leaves the framework alone: neither {@link #prepare} nor {@link #close} is called.
     *
     * @return true, if not overridden
     */
    default boolean closesForGood() {
        return true;
    }

    /**
     * Starts the framework if that is still to be done, and takes its own shutdown hook out: two would race. Called again
     * each time {@link LoggingShutdown#register} is; there is then only to be done what has been undone since.
     *
     * @throws Exception if this framework, or this version of it, cannot be closed last; the message says so by name and
     *     number, and is printed. If it was the first call, {@link #close} will not be called
     */
    void prepare() throws Exception;

    /**
     * The exit has begun, and no exit handler has run yet: from now on the framework must not throw lines away because it
     * is busy. Called once, on a thread of the library; where another copy of the library owns the exit, only just before
     * {@link #close}. Not to take longer than two seconds.
     *
     * @throws Exception recorded and printed; {@link #close} is called all the same
     */
    default void beginExit() throws Exception {}

    /**
     * Writes what is queued, flushes, and closes. Nothing is logged through the framework afterwards.
     *
     * @param bound how long this may take
     * @return how many lines were given up because they could not be written in time; 0 if none
     * @throws Exception if it could not be closed; recorded and printed
     */
    long close(Duration bound) throws Exception;
}
