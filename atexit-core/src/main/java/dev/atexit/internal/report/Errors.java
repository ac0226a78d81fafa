package dev.atexit.internal.report;

import dev.atexit.internal.exit.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes errors with their stacks. Their classes may be anybody's: each of their methods may throw. */
final class Errors {
    static final int MAX_FRAMES = 200;
    private static final int MAX_ERRORS = 20;

    private final JsonOut json;

    /** What is written or being written, so that errors that refer to each other come to an end. */
    private final List<Throwable> seen = new ArrayList<>(2);

    private Errors(JsonOut json) {
        this.json = json;
    }

    static void write(JsonOut json, Throwable error) throws IOException {
        Errors errors = new Errors(json);
        errors.seen.add(error);
        errors.error(error);
    }

    /** The field {@code frames}. */
    static int frames(JsonOut json, StackTraceElement[] stack) throws IOException {
        int shown = Math.min(MAX_FRAMES, stack.length);
        json.name("frames").beginArray();
        for (int i = 0; i < shown; i++) {
            json.item().value(Text.frame(stack[i]));
        }
        json.endArray();
        return stack.length - shown;
    }

    private void error(Throwable error) throws IOException {
        Parts parts = new Parts(error);
        json.beginObject();
        json.field("type", error.getClass().getName());
        if (parts.message != null) {
            json.field("message", parts.message);
        }
        int omitted = frames(json, parts.stack);
        if (parts.cause != null) {
            if (isNew(parts.cause)) {
                json.name("cause");
                error(parts.cause);
            } else {
                omitted++;
            }
        }
        omitted += suppressed(parts.suppressed);
        if (omitted > 0) {
            json.field("omitted", omitted);
        }
        json.endObject();
    }

    private int suppressed(Throwable[] errors) throws IOException {
        int omitted = 0;
        boolean open = false;
        for (Throwable error : errors) {
            if (!isNew(error)) {
                omitted++;
                continue;
            }
            if (!open) {
                json.name("suppressed").beginArray();
                open = true;
            }
            json.item();
            error(error);
        }
        if (open) {
            json.endArray();
        }
        return omitted;
    }

    private boolean isNew(Throwable error) {
        if (seen.size() >= MAX_ERRORS) {
            return false;
        }
        for (Throwable other : seen) {
            if (other == error) {
                return false;
            }
        }
        seen.add(error);
        return true;
    }

    /** What an error says of itself, as far as it says it. */
    private static final class Parts {
        private static final StackTraceElement[] NO_STACK = {};
        private static final Throwable[] NO_ERRORS = {};

        @Nullable
        String message;

        @Nullable
        Throwable cause;

        StackTraceElement[] stack = NO_STACK;
        final Throwable[] suppressed;

        Parts(Throwable error) {
            Throwable[] others = NO_ERRORS;
            try {
                message = error.getMessage();
                stack = error.getStackTrace();
                cause = error.getCause();
                others = error.getSuppressed();
            } catch (RuntimeException | Error hostile) {
                // What it has said before counts; there is its type at least.
                message =
                        message == null ? "(it threw " + hostile.getClass().getName() + " when it was asked)" : message;
            }
            suppressed = others;
        }
    }
}
