package dev.atexit.cli.demo;

import java.io.IOException;

/** The registry with a failure and its report. */
final class RegistryPart implements Part {
    @Override
    public String name() {
        return "registry";
    }

    @Override
    public String title() {
        return "CleanupRegistry: named entries, an order of their own, and a report";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        stage.code(
                "registry.register(\"close-db\", ...);",
                "registry.register(\"drain\", ...);",
                "registry.register(\"metrics\", ...);                              // throws",
                "registry.register(\"stop-http\", ..., options -> options.after(\"drain\"));",
                "registry.runAll();");
        Child program = stage.run("registry");
        stage.check(
                "entries ran in reverse order, but stop-http after drain as it asked",
                program.hasInOrder("[atexit] cleanup 'metrics' failed", "drain:", "stop-http:", "close-db:"));
        stage.check(
                "the failing entry is named on standard error and in the report; the others ran",
                program.has("[atexit] cleanup 'metrics' failed: java.io.IOException: metrics server is gone")
                        && program.has("report: failed metrics")
                        && program.has("report: ran drain"));
    }
}
