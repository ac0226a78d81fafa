package dev.atexit.support;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What one test prints to standard error. */
public final class Stderr implements BeforeEachCallback, AfterEachCallback {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Override
    public void beforeEach(ExtensionContext context) {
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.setErr(before);
    }

    public String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** The lines that are not part of a stack trace. */
    public List<String> lines() {
        return text().lines().filter(line -> !line.startsWith("\t")).toList();
    }
}
