package dev.atexit.logging;

import dev.atexit.internal.exit.Clock;
import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An exit of its own for one test, what it printed, and the logging backends that it finds. */
final class LoggingScope implements AutoCloseable {
    private final ExitScope scope = ExitScope.detached(new RealClock());
    private final ExitScope before = ExitScope.replaceCurrent(scope);
    private final ClassLoader contextBefore = Thread.currentThread().getContextClassLoader();
    private final PrintStream errBefore = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    LoggingScope() {
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    /** Lets the context class loader see these lines in the file that names backends. */
    LoggingScope finding(Path directory, String... lines) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.write(services.resolve(LoggingBackend.class.getName()), List.of(lines));
        URL[] places = {directory.toUri().toURL()};
        Thread.currentThread().setContextClassLoader(new URLClassLoader(places, contextBefore));
        return this;
    }

    void exit() {
        scope.simulateExit(Reason.endOfMain());
    }

    List<String> printed() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() throws IOException {
        System.setErr(errBefore);
        ExitScope.replaceCurrent(before);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(contextBefore);
        if (context instanceof URLClassLoader) {
            URLClassLoader finding = (URLClassLoader) context;
            finding.close();
        }
    }

    private static final class RealClock extends Clock {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public void await(Object monitor, long nanos, List<Thread> busy) throws InterruptedException {
            monitor.wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
        }
    }
}
