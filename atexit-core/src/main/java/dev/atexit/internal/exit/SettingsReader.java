package dev.atexit.internal.exit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the value that counts: system property {@code atexit.*}, then environment {@code ATEXIT_*}, then code, then
 * default. A text from outside that does not fit gives one warning, and the next source is used.
 */
final class SettingsReader {
    static final String DEADLINE = "atexit.deadline";
    static final String STUCK_NOTICE = "atexit.stuck.notice";
    static final String SECOND_SIGNAL = "atexit.second.signal";
    static final String TRACK_UNCAUGHT = "atexit.track.uncaught";

    private static final long DEFAULT_STUCK_NOTICE_NANOS = 10_000_000_000L;
    private static final String DURATION_FORM = "a duration such as 25s, 500ms or 2m, or 0 for none";
    private static final String SWITCH_FORM = "true or false";

    private final List<String> warnings = new ArrayList<>(0);

    /** One line for each text from outside that was not understood. */
    List<String> warnings() {
        return warnings;
    }

    /** The settings with every value set, but perhaps the observer. */
    Settings resolve(Settings code) {
        return new Settings(
                duration(DEADLINE, code.deadlineNanos, 0),
                duration(STUCK_NOTICE, code.stuckNoticeNanos, DEFAULT_STUCK_NOTICE_NANOS),
                secondSignalHalts(code.secondSignalHalts),
                trackUncaught(code.trackUncaught),
                code.observer);
    }

    boolean trackUncaught(@Nullable Boolean code) {
        Boolean outside = choice(TRACK_UNCAUGHT, "true", "false", SWITCH_FORM);
        return outside != null ? outside : code != null && code;
    }

    private boolean secondSignalHalts(@Nullable Boolean code) {
        Boolean outside = choice(SECOND_SIGNAL, "halt", "ignore", "halt or ignore");
        return outside != null ? outside : code == null || code;
    }

    private long duration(String key, long code, long byDefault) {
        for (int source = 0; source < 2; source++) {
            String text = text(key, source);
            if (text != null) {
                long nanos = Durations.parse(text);
                if (nanos >= 0) {
                    return nanos;
                }
                warn(key, source, text, DURATION_FORM);
            }
        }
        return code >= 0 ? code : byDefault;
    }

    private @Nullable Boolean choice(String key, String yes, String no, String form) {
        for (int source = 0; source < 2; source++) {
            String text = text(key, source);
            if (text != null) {
                if (text.equalsIgnoreCase(yes)) {
                    return Boolean.TRUE;
                }
                if (text.equalsIgnoreCase(no)) {
                    return Boolean.FALSE;
                }
                warn(key, source, text, form);
            }
        }
        return null;
    }

    private static @Nullable String text(String key, int source) {
        return source == 0 ? System.getProperty(key) : System.getenv(variable(key));
    }

    private void warn(String key, int source, String text, String form) {
        String name = source == 0 ? "system property " + key : "environment variable " + variable(key);
        warnings.add(name + " is '" + Text.escape(text) + "', but must be " + form + "; it is not used");
    }

    /** {@code atexit.second.signal} becomes {@code ATEXIT_SECOND_SIGNAL}; by hand, since it must not depend on a locale. */
    static String variable(String key) {
        StringBuilder name = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            name.append(c == '.' ? '_' : (char) (c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c));
        }
        return name.toString();
    }
}
