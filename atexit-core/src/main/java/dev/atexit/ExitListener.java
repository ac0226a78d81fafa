package dev.atexit;

/**
 * Is told what happens while handlers run. Takes the place of the default, which prints what went wrong to standard
 * error; {@link #standardError()} is that default, to call from a listener of one's own.
 *
 * <pre>{@code
 * ExitListener print = ExitListener.standardError();
 * AtExit.configure(ExitPolicy.builder()
 *         .listener(event -> { print.on(event); metrics.count(event); })
 *         .build());
 * }</pre>
 *
 * <p><b>Threading.</b> Events come one at a time. At the JVM's exit they come on a thread of their own; in a run that the
 * program asked for, on the thread that asked or, where entries run at the same time, on one of theirs. <b>Ordering.</b> As things
 * happened. <b>Failure.</b> What a listener throws is printed to standard error and otherwise ignored. <b>Time.</b> At
 * the JVM's exit a listener that takes longer than 250 ms for one event is not waited for any more, and the exit goes on; it
 * is told the rest when it is ready. At the end there is one more wait of at most 2 s, or 150 ms where there is a deadline, for
 * what it has not taken; what is left then is lost.
 */
@FunctionalInterface
public interface ExitListener {
    /**
     * Takes one event.
     *
     * @param event what happened
     */
    void on(ExitEvent event);

    /**
     * The default listener: prints failures with their stack, stuck, timed out, left behind and skipped handlers, and
     * warnings to {@code System.err}; nothing when all is well.
     *
     * @return a listener without state
     */
    static ExitListener standardError() {
        return StandardErrorListener.INSTANCE;
    }
}
