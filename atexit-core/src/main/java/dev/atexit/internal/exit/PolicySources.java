package dev.atexit.internal.exit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a policy come from: system property {@code atexit.*}, then environment {@code ATEXIT_*}, then code,
 * then default. A text from outside that does not fit gives one warning, and the next source is used.
 */
public final class PolicySources {
    private static final String DURATION_FORM = "a duration such as 25s, 500ms or 2m, or 0 for none";
    private static final String PATH_FORM = "the path of a file";
    private static final String SWITCH_FORM = "true or false";

    /** One line for each text from outside that was not understood. */
    public final List<String> warnings = new ArrayList<>(0);

    private final boolean codeOnly;

    /** All sources. */
    public PolicySources() {
        this(false);
    }

    private PolicySources(boolean codeOnly) {
        this.codeOnly = codeOnly;
    }

    /** Nothing from outside. */
    static PolicySources codeOnly() {
        return new PolicySources(true);
    }

    /** Nanoseconds; {@code code} counts if it is not negative. */
    long duration(String key, long code, long byDefault) {
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

    /** Something that is on or off; {@code code} counts if it is not null. */
    public boolean isOn(String key, @Nullable Boolean code, boolean byDefault) {
        return choice(key, "true", "false", SWITCH_FORM, code, byDefault);
    }

    /** The path of a file, or null. */
    @Nullable
    String path(String key, @Nullable String code) {
        for (int source = 0; source < 2; source++) {
            String text = text(key, source);
            if (text != null) {
                if (!text.isBlank()) {
                    return text;
                }
                warn(key, source, text, PATH_FORM);
            }
        }
        return code;
    }

    boolean choice(String key, String yes, String no, String form, @Nullable Boolean code, boolean byDefault) {
        for (int source = 0; source < 2; source++) {
            String text = text(key, source);
            if (text != null) {
                if (text.equalsIgnoreCase(yes)) {
                    return true;
                }
                if (text.equalsIgnoreCase(no)) {
                    return false;
                }
                warn(key, source, text, form);
            }
        }
        return code != null ? code : byDefault;
    }

    /** A duration that code has as a text, in nanoseconds. */
    public static long durationIn(String key, String text) {
        long nanos = Durations.parse(text);
        if (nanos < 0) {
            throw mismatch(key, text, DURATION_FORM);
        }
        return nanos;
    }

    /** Something that is on or off and that code has as a text. */
    public static boolean switchIn(String key, String text) {
        return choiceIn(key, text, "true", "false", SWITCH_FORM);
    }

    /** Whether a text that code has is the one or the other. */
    public static boolean choiceIn(String key, String text, String yes, String no, String form) {
        String trimmed = text.trim();
        if (!trimmed.equalsIgnoreCase(yes) && !trimmed.equalsIgnoreCase(no)) {
            throw mismatch(key, text, form);
        }
        return trimmed.equalsIgnoreCase(yes);
    }

    private static IllegalArgumentException mismatch(String key, String text, String form) {
        return new IllegalArgumentException(key + " is '" + Text.escape(text) + "', but must be " + form);
    }

    private @Nullable String text(String key, int source) {
        if (codeOnly) {
            return null;
        }
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
