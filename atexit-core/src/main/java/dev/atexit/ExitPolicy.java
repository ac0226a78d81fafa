package dev.atexit;

import dev.atexit.internal.exit.DurableSettings;
import dev.atexit.internal.exit.ExplainSettings;
import dev.atexit.internal.exit.PolicySources;
import dev.atexit.internal.exit.Settings;
import dev.atexit.internal.exit.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an exit behaves: its deadline, when a stuck handler is named, what a second signal means, who is told, and what
 * survives a kill.
 *
 * <pre>{@code
 * AtExit.configure(ExitPolicy.builder()
 *         .deadline(Duration.ofSeconds(25))
 *         .build());
 * }</pre>
 *
 * <p>The operator wins: a system property beats an environment variable, that beats code, and code beats the default.
 *
 * <table class="striped">
 * <caption>Where the values come from</caption>
 * <thead><tr><th scope="col">here</th><th scope="col">system property</th><th scope="col">environment</th>
 * <th scope="col">form</th><th scope="col">default</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code deadline}</th><td>{@code atexit.deadline}</td><td>{@code ATEXIT_DEADLINE}</td>
 * <td>{@code 25s}, {@code 500ms}, {@code 2m}; {@code 0} for none</td><td>none</td></tr>
 * <tr><th scope="row">{@code stuckNotice}</th><td>{@code atexit.stuck.notice}</td><td>{@code ATEXIT_STUCK_NOTICE}</td>
 * <td>the same; {@code 0} for never</td><td>10 s</td></tr>
 * <tr><th scope="row">{@code secondSignal}</th><td>{@code atexit.second.signal}</td><td>{@code ATEXIT_SECOND_SIGNAL}</td>
 * <td>{@code halt} or {@code ignore}</td><td>{@code halt}</td></tr>
 * <tr><th scope="row">{@code trackUncaught}</th><td>{@code atexit.track.uncaught}</td>
 * <td>{@code ATEXIT_TRACK_UNCAUGHT}</td><td>{@code true} or {@code false}</td><td>{@code false}</td></tr>
 * <tr><th scope="row">{@code reportFile}</th><td>{@code atexit.report}</td><td>{@code ATEXIT_REPORT}</td>
 * <td>a path; {@code %p} in it stands for the process's number</td><td>none</td></tr>
 * <tr><th scope="row">{@code display}</th><td>{@code atexit.display}</td><td>{@code ATEXIT_DISPLAY}</td>
 * <td>{@code true} or {@code false}</td><td>{@code false}</td></tr>
 * <tr><th scope="row">{@code sites}</th><td>{@code atexit.sites}</td><td>{@code ATEXIT_SITES}</td>
 * <td>{@code true} or {@code false}</td><td>{@code false}</td></tr>
 * <tr><th scope="row">{@code durable}</th><td>{@code atexit.durable}</td><td>{@code ATEXIT_DURABLE}</td>
 * <td>the same</td><td>{@code true}</td></tr>
 * <tr><th scope="row">{@code durableForce}</th><td>{@code atexit.durable.force}</td>
 * <td>{@code ATEXIT_DURABLE_FORCE}</td><td>the same</td><td>{@code false}</td></tr>
 * <tr><th scope="row">{@code sweep}</th><td>{@code atexit.sweep}</td><td>{@code ATEXIT_SWEEP}</td>
 * <td>the same</td><td>{@code true}</td></tr>
 * <tr><th scope="row">{@code guardian}</th><td>{@code atexit.guardian}</td><td>{@code ATEXIT_GUARDIAN}</td>
 * <td>the same</td><td>{@code false}</td></tr>
 * <tr><th scope="row">{@code commands}</th><td>{@code atexit.commands}</td><td>{@code ATEXIT_COMMANDS}</td>
 * <td>the same</td><td>{@code false}</td></tr>
 * </tbody>
 * </table>
 *
 * <p><b>Threading.</b> Immutable. <b>Failure.</b> A bad value in code throws at once. One from outside is a line on
 * standard error when the exit begins, and the next source is used.
 */
public final class ExitPolicy {
    private final Settings settings;

    private ExitPolicy(Settings settings) {
        this.settings = settings;
    }

    /** What a second TERM or INT means, more than one second after the exit began. */
    public enum SecondSignal {
        /** The program ends at once with 128 + the signal's number; after a warning if no signal began the exit. */
        HALT,
        /** Nothing. */
        IGNORE
    }

    /**
     * Starts a policy in which nothing is set.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    Settings settings() {
        return settings;
    }

    /** Collects the values of a policy. What is not set has its default. Not thread-safe. */
    public static final class Builder {
        private long deadlineNanos = Settings.UNSET;
        private long stuckNoticeNanos = Settings.UNSET;
        private @Nullable Boolean secondSignalHalts;
        private @Nullable Boolean trackUncaught;
        private @Nullable Boolean durable;
        private @Nullable Boolean durableForce;
        private @Nullable Boolean sweep;
        private @Nullable Boolean guardian;
        private @Nullable Boolean commands;
        private @Nullable String reportFile;
        private @Nullable Boolean display;
        private @Nullable Boolean sites;
        private @Nullable ExitListener listener;

        private Builder() {}

        /**
         * Bounds the whole exit. It ends by then, plus at most 1 s, whatever handlers do: a handler without a timeout of
         * its own gets at most half the time that is left, then an interrupt and 100 ms, and is then left behind; what
         * has not started when the deadline passes is skipped, by name. Set it below the grace period of whoever stops
         * the program.
         *
         * @param deadline from the exit's beginning; positive
         * @return this
         */
        public Builder deadline(Duration deadline) {
            deadlineNanos = Arguments.positiveNanos("deadline", deadline);
            return this;
        }

        /**
         * Sets after how long in one handler a line on standard error names it and shows where it stands.
         *
         * @param stuckNotice positive; default 10 s
         * @return this
         */
        public Builder stuckNotice(Duration stuckNotice) {
            stuckNoticeNanos = Arguments.positiveNanos("stuckNotice", stuckNotice);
            return this;
        }

        /**
         * Sets what a second TERM or INT means. Within the first second it is the same request, since terminals and
         * wrappers send two. Signals for which the program has a handler of its own are left to that.
         *
         * @param secondSignal default {@link SecondSignal#HALT}
         * @return this
         */
        public Builder secondSignal(SecondSignal secondSignal) {
            Objects.requireNonNull(secondSignal, "secondSignal");
            secondSignalHalts = secondSignal == SecondSignal.HALT;
            return this;
        }

        /**
         * Sets whether an exception that ends the program is remembered as the reason. Installs a default handler for
         * uncaught exceptions that calls the one that is there.
         *
         * @param trackUncaught default false
         * @return this
         */
        public Builder trackUncaught(boolean trackUncaught) {
            this.trackUncaught = trackUncaught;
            return this;
        }

        /**
         * Sets whether temp files, pid files and durable actions are written down, so that they are cleaned up also if this
         * program is killed. What counts is what is set when the first of them is registered.
         *
         * @param durable default true
         * @return this
         */
        public Builder durable(boolean durable) {
            this.durable = durable;
            return this;
        }

        /**
         * Sets whether each record is forced to the disk at once, so that it also survives a loss of power. Costs a write
         * to the disk for every file that is created or deleted.
         *
         * @param durableForce default false: what was written in the last half minute may be lost, but not by a kill
         * @return this
         */
        public Builder durableForce(boolean durableForce) {
            this.durableForce = durableForce;
            return this;
        }

        /**
         * Sets whether this program cleans up after earlier ones that were killed: once, in the background, when it
         * registers the first durable action. Deletes only; commands are not run.
         *
         * @param sweep default true
         * @return this
         */
        public Builder sweep(boolean sweep) {
            this.sweep = sweep;
            return this;
        }

        /**
         * Sets whether a guardian watches over this program: a shell that sleeps, and does what this program owes at once
         * when it is killed. Started when the first durable action is registered. Needs {@code /bin/sh} and {@code setsid}.
         *
         * @param guardian default false
         * @return this
         */
        public Builder guardian(boolean guardian) {
            this.guardian = guardian;
            return this;
        }

        /**
         * Sets whether {@link DurableAction#runCommand} may be registered: whoever can write to the state directory of this
         * user could then have commands run by the guardian or a sweep.
         *
         * @param commands default false
         * @return this
         */
        public Builder commands(boolean commands) {
            this.commands = commands;
            return this;
        }

        /**
         * Sets the file to which a report of the exit is written, as JSON, when everything has ended; also when the deadline
         * cut it short, or a second signal ends it at once. The file is its owner's only. It takes the place of one that is
         * there, in one step, so that it is never half a report; a link there is replaced, not followed. One that cannot be
         * written is a line on standard error.
         *
         * @param reportFile {@code %p} in its name stands for the process's number; its directory must be there; a relative
         *     path counts from the program's working directory
         * @return this
         * @throws IllegalArgumentException if the path is empty or not of the default file system
         */
        public Builder reportFile(Path reportFile) {
            this.reportFile = Arguments.file("reportFile", reportFile).getPath();
            return this;
        }

        /**
         * Sets whether an exit that takes longer than 300 ms is shown while it runs, if standard error is a terminal: each
         * running handler with its time, how many are done and to come, and whether Ctrl-C ends the program. It is taken
         * away when all has ended, and one line stays. Nothing is shown where {@code TERM} is not set or {@code dumb},
         * where {@code NO_COLOR} is set, or for a program in the background. It is for the terminal, and does not take the
         * place of a listener.
         *
         * @param display default false
         * @return this
         */
        public Builder display(boolean display) {
            this.display = display;
            return this;
        }

        /**
         * Sets whether it is remembered where each handler was registered, so that what is said of a stuck one names that
         * line. Costs more than a microsecond for each registration. What counts is what is set when a handler is registered.
         *
         * @param sites default false
         * @return this
         */
        public Builder sites(boolean sites) {
            this.sites = sites;
            return this;
        }

        /**
         * Sets who is told what happens, in place of {@link ExitListener#standardError()}.
         *
         * @param listener the listener
         * @return this
         */
        public Builder listener(ExitListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Sets a value as an operator writes it, for those who read the settings of a program from elsewhere.
         *
         * @param key the name of a system property in the table above, such as {@code atexit.deadline}
         * @param text the value in the form that the table has for it
         * @return this
         * @throws IllegalArgumentException if there is no such key, or the text is not of its form: the message has key,
         *     text and form
         */
        public Builder property(String key, String text) {
            Objects.requireNonNull(text, "text");
            if (key.equals("atexit.deadline")) {
                deadlineNanos = PolicySources.durationIn(key, text);
            } else if (key.equals("atexit.stuck.notice")) {
                stuckNoticeNanos = PolicySources.durationIn(key, text);
            } else if (key.equals("atexit.second.signal")) {
                secondSignalHalts = PolicySources.choiceIn(key, text, "halt", "ignore", "halt or ignore");
            } else if (key.equals("atexit.report")) {
                reportFile(Path.of(text));
            } else if (!turn(key, text)) {
                throw new IllegalArgumentException(
                        "key must be one of the system properties of ExitPolicy, but is '" + Text.escape(key) + "'");
            }
            return this;
        }

        private boolean turn(String key, String text) {
            if (key.equals("atexit.track.uncaught")) {
                trackUncaught = PolicySources.switchIn(key, text);
            } else if (key.equals("atexit.display")) {
                display = PolicySources.switchIn(key, text);
            } else if (key.equals("atexit.sites")) {
                sites = PolicySources.switchIn(key, text);
            } else if (key.equals("atexit.durable")) {
                durable = PolicySources.switchIn(key, text);
            } else if (key.equals("atexit.durable.force")) {
                durableForce = PolicySources.switchIn(key, text);
            } else if (key.equals("atexit.sweep")) {
                sweep = PolicySources.switchIn(key, text);
            } else if (key.equals("atexit.guardian")) {
                guardian = PolicySources.switchIn(key, text);
            } else if (key.equals("atexit.commands")) {
                commands = PolicySources.switchIn(key, text);
            } else {
                return false;
            }
            return true;
        }

        /**
         * Makes the policy.
         *
         * @return an immutable policy; the builder can be used further
         */
        public ExitPolicy build() {
            return new ExitPolicy(new Settings(
                    deadlineNanos,
                    stuckNoticeNanos,
                    secondSignalHalts,
                    trackUncaught,
                    new DurableSettings(durable, durableForce, sweep, guardian, commands),
                    new ExplainSettings(reportFile, display, sites),
                    listener == null ? null : new ListenerObserver(listener)));
        }
    }
}
