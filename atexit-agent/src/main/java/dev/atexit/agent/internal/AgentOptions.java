package dev.atexit.agent.internal;

import dev.atexit.internal.exit.Durations;
import dev.atexit.internal.exit.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was asked of the agent: {@code report=exit-%p.json,deadline=30s,quiet}. Immutable once read. */
final class AgentOptions {
    private static final String KNOWN = "report, deadline, notice, order, second-signal, sites and quiet";
    private static final String DURATION = "a duration such as 25s, 500ms or 2m, or 0 for none";
    private static final String SWITCH = "true or false";

    /** Where the report is written to; null for nowhere. */
    @Nullable
    String report;

    /** The bound of the whole exit; 0 for none. */
    long deadlineNanos;

    /** After how long in a hook it is named; 0 for never. */
    long noticeNanos = 10_000_000_000L;

    /** Whether hooks run one after another, the last one that was registered first. */
    boolean lifo;

    /** Whether a second signal ends the program at once. */
    boolean secondSignalHalts;

    /** Whether it is remembered where each hook was registered. */
    boolean sites = true;

    /** Whether nothing is said about hooks. */
    boolean quiet;

    /** One line for each option that was not understood. */
    final List<String> complaints = new ArrayList<>(0);

    private AgentOptions() {}

    static AgentOptions parse(String text) {
        AgentOptions options = new AgentOptions();
        int from = 0;
        while (from < text.length()) {
            int comma = text.indexOf(',', from);
            int end = comma < 0 ? text.length() : comma;
            String option = text.substring(from, end).trim();
            if (!option.isEmpty()) {
                int equals = option.indexOf('=');
                String key = equals < 0 ? option : option.substring(0, equals).trim();
                options.set(
                        key, equals < 0 ? null : option.substring(equals + 1).trim());
            }
            from = end + 1;
        }
        return options;
    }

    private void set(String key, @Nullable String given) {
        String value = given == null ? "" : given;
        if (key.equals("report")) {
            if (value.isEmpty()) {
                refuse(key, value, "the path of a file");
            } else {
                report = value;
            }
        } else if (key.equals("deadline")) {
            deadlineNanos = duration(key, value, deadlineNanos);
        } else if (key.equals("notice")) {
            noticeNanos = duration(key, value, noticeNanos);
        } else if (key.equals("order")) {
            lifo = choice(key, value, "lifo", "together", "together or lifo", lifo);
        } else if (key.equals("second-signal")) {
            secondSignalHalts = choice(key, value, "halt", "ignore", "halt or ignore", secondSignalHalts);
        } else if (key.equals("sites")) {
            sites = given == null || choice(key, value, "true", "false", SWITCH, sites);
        } else if (key.equals("quiet")) {
            quiet = given == null || choice(key, value, "true", "false", SWITCH, quiet);
        } else {
            complaints.add("there is no option '" + Text.escape(key) + "', only " + KNOWN + "; it is not used");
        }
    }

    private long duration(String key, String value, long unchanged) {
        long nanos = Durations.parse(value);
        if (nanos < 0) {
            refuse(key, value, DURATION);
            return unchanged;
        }
        return nanos;
    }

    private boolean choice(String key, String value, String yes, String no, String form, boolean unchanged) {
        if (value.equalsIgnoreCase(yes)) {
            return true;
        }
        if (value.equalsIgnoreCase(no)) {
            return false;
        }
        refuse(key, value, form);
        return unchanged;
    }

    private void refuse(String key, String value, String form) {
        complaints.add("option " + key + " is '" + Text.escape(value) + "', but must be " + form + "; it is not used");
    }
}
