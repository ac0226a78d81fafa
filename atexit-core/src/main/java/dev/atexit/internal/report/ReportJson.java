package dev.atexit.internal.report;

import dev.atexit.internal.exit.ExitSummary;
import dev.atexit.internal.exit.LockWait;
import dev.atexit.internal.exit.Reason;
import dev.atexit.internal.exit.Stall;
import dev.atexit.internal.exit.TaskResult;
import dev.atexit.internal.exit.Text;
import dev.atexit.internal.process.ProcessIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exit as JSON, in version 1 of the format that {@code docs/report-format.md} describes. */
final class ReportJson {
    private static final String FORMAT = "atexit-report";
    private static final int VERSION = 1;
    private static final int MAX_ENTRIES = 100_000;

    private final JsonOut json;
    private int entriesLeft = MAX_ENTRIES;

    private ReportJson(JsonOut json) {
        this.json = json;
    }

    static void write(ExitSummary exit, OutputStream out) throws IOException {
        JsonOut json = new JsonOut(out);
        new ReportJson(json).exit(exit);
        json.finish();
    }

    private void exit(ExitSummary exit) throws IOException {
        json.beginObject();
        json.field("format", FORMAT).field("version", VERSION).field("writer", writer());
        json.field("complete", exit.complete);
        program();
        reason(exit.reason);
        json.field("startedAt", UtcTime.format(exit.startedAtMillis)).field("durationNanos", exit.durationNanos);
        if (exit.deadlineNanos > 0) {
            json.field("deadlineNanos", exit.deadlineNanos);
        }
        json.field("clean", exit.isClean());
        entries(exit.results, exit.quiet);
        if (!exit.warnings.isEmpty()) {
            json.name("warnings").beginArray();
            for (String warning : exit.warnings) {
                json.item().value(warning);
            }
            json.endArray();
        }
        json.endObject();
    }

    private static String writer() {
        String version = ReportJson.class.getPackage().getImplementationVersion();
        return version == null ? "atexit" : "atexit " + version;
    }

    private void program() throws IOException {
        json.name("program").beginObject();
        json.field("pid", ProcessIdentity.own().pid);
        json.field("java", System.getProperty("java.runtime.version", "unknown"));
        String command = command();
        if (!command.isEmpty()) {
            json.field("command", command);
        }
        json.endObject();
    }

    /** The main class or the jar. Arguments may be secret. */
    private static String command() {
        String all = System.getProperty("sun.java.command", "");
        String jar = System.getProperty("java.class.path", "");
        if (!jar.isEmpty() && (all.equals(jar) || all.startsWith(jar + " "))) {
            return jar;
        }
        int space = all.indexOf(' ');
        return space < 0 ? all : all.substring(0, space);
    }

    private void reason(@Nullable Reason reason) throws IOException {
        json.name("reason").beginObject();
        if (reason == null) {
            json.field("kind", "requested").field("text", "requested by the program");
        } else if (reason.signal != null) {
            json.field("kind", "signal").field("text", reason.text()).field("signal", reason.signal);
        } else if (reason.threadName != null && reason.error != null) {
            json.field("kind", "uncaught").field("text", reason.text()).field("thread", reason.threadName);
            json.name("error");
            Errors.write(json, reason.error);
        } else if (reason.kind == Reason.Kind.SYSTEM_EXIT) {
            json.field("kind", "exit").field("text", reason.text());
            if (reason.caller != null) {
                json.field("caller", Text.frame(reason.caller));
            }
        } else {
            json.field("kind", "end-of-main").field("text", reason.text());
        }
        json.endObject();
    }

    private void entries(List<TaskResult> results, int quiet) throws IOException {
        int shown = Math.min(results.size(), entriesLeft);
        entriesLeft -= shown;
        json.field("others", quiet);
        if (shown < results.size()) {
            json.field("omitted", results.size() - shown);
        }
        json.name("entries").beginArray();
        for (int i = 0; i < shown; i++) {
            json.item();
            entry(results.get(i));
        }
        json.endArray();
    }

    private void entry(TaskResult result) throws IOException {
        json.beginObject();
        json.field("name", result.label)
                .field("kind", result.noun)
                .field("outcome", result.outcome.word.replace(' ', '-'));
        if (result.startedAtMillis != 0) {
            json.field("startNanos", result.startNanos).field("durationNanos", result.durationNanos);
        }
        if (result.thread != null) {
            json.field("thread", result.thread);
        }
        if (result.timeoutNanos > 0) {
            json.field("timeoutNanos", result.timeoutNanos);
        }
        if (result.registeredAtMillis != 0) {
            json.field("registeredAt", UtcTime.format(result.registeredAtMillis));
        }
        if (result.site != null) {
            json.field("site", Text.frame(result.site));
        }
        if (result.waitedFor.length > 0) {
            json.name("after").beginArray();
            for (String name : result.waitedFor) {
                json.item().value(name);
            }
            json.endArray();
        }
        if (result.error != null) {
            json.name("error");
            Errors.write(json, result.error);
        }
        if (result.stall != null) {
            stall(result.stall, result.calledExit);
        }
        if (!result.children.isEmpty() || result.quietChildren > 0) {
            entries(result.children, result.quietChildren);
        }
        json.endObject();
    }

    private void stall(Stall stall, boolean calledExit) throws IOException {
        json.name("stall").beginObject();
        Errors.frames(json, stall.stack);
        if (calledExit) {
            json.field("calledExit", true);
        }
        LockWait wait = stall.lockWait();
        if (wait != null) {
            json.field("lock", wait.lock);
            if (wait.holder != null) {
                json.name("owner");
                standing(wait.holder);
            }
            if (!wait.circle.isEmpty()) {
                json.name("deadlock").beginArray();
                for (LockWait.Standing thread : wait.circle) {
                    json.item();
                    standing(thread);
                }
                json.endArray();
            }
        }
        json.endObject();
    }

    private void standing(LockWait.Standing standing) throws IOException {
        json.beginObject().field("thread", standing.thread);
        if (standing.lock != null) {
            json.field("lock", standing.lock);
        }
        Errors.frames(json, standing.stack);
        json.endObject();
    }
}
