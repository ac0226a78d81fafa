package dev.atexit.testkit;

import dev.atexit.AtExit;
import dev.atexit.ExitEvent;
import dev.atexit.ExitListener;
import dev.atexit.ExitPolicy;
import dev.atexit.ExitReport;
import dev.atexit.internal.exit.ExitObserver;
import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.ExitSummary;
import dev.atexit.internal.exit.Notice;
import dev.atexit.internal.exit.Settings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says in the public vocabulary what the engine has found. Only listeners are told in it, so this one is told and passes
 * it on.
 */
final class Translator implements ExitListener {
    private final ExitObserver engines;
    private @Nullable ExitReport told;

    /** Creates the translator; nothing is configured afterwards. */
    private Translator(ExitScope current) {
        AtExit.configure(ExitPolicy.builder().listener(this).build());
        Settings settings = Objects.requireNonNull(current.settings());
        engines = Objects.requireNonNull(settings.observer);
        current.configure(Settings.NONE);
    }

    /** A translator made with the help of the current scope, in which nothing is configured before and afterwards. */
    static Translator of(ExitScope current) {
        return new Translator(current);
    }

    synchronized ExitReport report(ExitSummary summary) {
        engines.on(Notice.over(summary));
        return Objects.requireNonNull(told);
    }

    @Override
    public void on(ExitEvent event) {
        if (event instanceof ExitEvent.Ended ended) {
            told = ended.report();
        }
    }
}
