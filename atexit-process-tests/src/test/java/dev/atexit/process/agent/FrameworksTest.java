package dev.atexit.process.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm;
import dev.atexit.process.ChildJvm.Ended;
import dev.atexit.process.Ending;
import dev.atexit.report.RecordedExit;
import dev.atexit.report.RecordedExit.Entry;
import dev.atexit.report.RecordedExit.Outcome;
import dev.atexit.report.ReportReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Programs made of published libraries: each has a hook that takes a second, and the agent says which one and where. */
@Execution(ExecutionMode.CONCURRENT)
class FrameworksTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    static Path shared;

    private static Path jar;

    @TempDir
    Path directory;

    @BeforeAll
    static void makeJar() throws IOException {
        jar = AgentJar.in(shared);
    }

    private static Path target() {
        return Path.of(ChildJvm.place(FrameworksTest.class)).resolveSibling("frameworks");
    }

    /** The jars of these directories. */
    private static String jars(Path... directories) throws IOException {
        List<String> path = new ArrayList<>();
        for (Path each : directories) {
            try (Stream<Path> files = Files.list(each)) {
                files.map(Path::toString).sorted().forEach(path::add);
            }
        }
        return String.join(File.pathSeparator, path);
    }

    /** Compiles one of the programs, whose source is among the resources, and returns its class path. */
    private String compiled(String name, String classPath) throws IOException {
        Path source = directory.resolve(name + ".java");
        try (InputStream in = FrameworksTest.class.getResourceAsStream("/agent/" + name + ".java")) {
            Files.copy(Objects.requireNonNull(in), source);
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options = List.of("-proc:none", "-parameters", "-d", directory.toString(), "-cp", classPath);
        boolean done = compiler.getTask(
                        said,
                        null,
                        null,
                        options,
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        assertThat(done).as(said.toString()).isTrue();
        return directory + File.pathSeparator + classPath;
    }

    private Ended terminated(String main, String classPath) throws Exception {
        try (ChildJvm child = ChildJvm.running(main)
                .classPath(classPath)
                .property("server.port", "0")
                .jvm("-javaagent:" + jar + "=notice=300ms,report=" + directory.resolve("exit.json"))
                .start()) {
            child.awaitLine(Ending.LINE);
            child.signal("TERM");
            Ended ended = child.await();
            assertThat(ended.status()).as(ended.all()).isEqualTo(143);
            return ended;
        }
    }

    private Entry slowest() throws IOException {
        RecordedExit exit = ReportReader.read(directory.resolve("exit.json"));
        assertThat(exit.entries()).extracting(Entry::outcome).containsOnly(Outcome.RAN);
        Entry slowest = Collections.max(
                exit.entries(),
                Comparator.comparingLong(entry -> entry.durationNanos().orElse(0)));
        assertThat(slowest.durationNanos().orElse(0)).isGreaterThanOrEqualTo(SECOND);
        return slowest;
    }

    @Test
    void springBoot_beanTakesItsTime_itsHookIsNamedAndTheStackShowsTheBean() throws Exception {
        Path boot = target().resolve("../../boot-3.5/target/jars").normalize();
        Ended ended = terminated("bookings.Bookings", compiled("Bookings", bootJars(boot)));
        assertThat(slowest().name())
                .isEqualTo("SpringApplicationShutdownHook (org.springframework.boot.SpringApplicationShutdownHook)");
        assertThat(ended.errText())
                .contains("[atexit] still in 'SpringApplicationShutdownHook (")
                .contains("bookings.Bookings$Desk.handOver(Bookings.java:");
    }

    private static String bootJars(Path directory) throws IOException {
        List<String> path = new ArrayList<>();
        for (String each : jars(directory).split(File.pathSeparator)) {
            // The directory has two logging frameworks, and a program takes one.
            String name = Path.of(each).getFileName().toString();
            if (!name.startsWith("log4j-") || name.startsWith("log4j-to-") || name.startsWith("log4j-api")) {
                path.add(each);
            }
        }
        return String.join(File.pathSeparator, path);
    }

    @Test
    void jetty_handlerTakesItsTime_itsHookIsNamedAndTheStackShowsTheHandler() throws Exception {
        Ended ended = terminated("WebServer", compiled("WebServer", jars(target().resolve("jetty"))));
        assertThat(slowest().name()).isEqualTo("JettyShutdownThread (org.eclipse.jetty.util.thread.ShutdownThread)");
        assertThat(ended.errText())
                .contains(
                        "[atexit] still in 'JettyShutdownThread (org.eclipse.jetty.util.thread.ShutdownThread)' after ")
                .contains("WebServer$Orders.writeOffOpenOrders(WebServer.java:");
    }

    @Test
    void log4jAndHikari_poolIsClosedSlowly_theHookIsNamedBesideThatOfTheFramework() throws Exception {
        String classPath = jars(target().resolve("hikari"), target().resolve("log4j2"));
        Ended ended = terminated("Shop", compiled("Shop", classPath));
        assertThat(slowest().name()).isEqualTo("close-pool (lambda in Shop)");
        assertThat(ended.errText())
                .contains("[atexit] still in 'close-pool (lambda in Shop)' after ")
                .contains("Shop.settleOrders(Shop.java:");
        assertThat(ReportReader.read(directory.resolve("exit.json")).entries())
                .extracting(Entry::name)
                .anyMatch(name -> name.contains("org.apache.logging.log4j."));
    }
}
