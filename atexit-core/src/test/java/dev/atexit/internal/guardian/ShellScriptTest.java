package dev.atexit.internal.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script in each shell that is here, watching processes that are no JVMs, and acting by making a file. */
class ShellScriptTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long GOAL_KILOBYTES = 1024;
    private static final String RARELY = "600";
    private static final String OFTEN = "2";

    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path directory;

    @BeforeAll
    static void needsLinux() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "no /proc here");
        assumeTrue(program("setsid") != null, "no setsid here");
    }

    @AfterEach
    void endAll() {
        for (Process process : started) {
            process.destroyForcibly();
            SessionProcesses.of(process.pid())
                    .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }

    private static Path program(String name) {
        return Stream.of("/bin", "/usr/bin")
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** Command lines of shells; bash behaves otherwise when it is called sh. */
    static Stream<List<String>> shells() {
        return Stream.of(List.of("sh"), List.of("dash"), List.of("bash", "--posix"), List.of("busybox", "sh"))
                .filter(command -> program(command.get(0)) != null)
                .map(command -> {
                    List<String> all = new ArrayList<>(command);
                    all.set(0, String.valueOf(program(command.get(0))));
                    return all;
                });
    }

    private Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        started.add(process);
        return process;
    }

    private Process sleeper() throws IOException {
        return start(new ProcessBuilder("sleep", "600"));
    }

    private Path acted() {
        return directory.resolve("acted");
    }

    private Process watch(List<String> shell, long pid, String start, String pause) throws IOException {
        return watch(shell, pid, start, pause, program("touch").toString(), ProcessBuilder.Redirect.PIPE);
    }

    private Process watch(
            List<String> shell, long pid, String start, String pause, String java, ProcessBuilder.Redirect in)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(program("setsid").toString()));
        command.addAll(shell);
        command.addAll(List.of("-c", ShellScript.TEXT, "test", Long.toString(pid), start, pause));
        command.addAll(List.of(java, acted().toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(in);
        builder.environment().remove("BASH_ENV");
        Process process = start(builder);
        await().atMost(PATIENCE)
                .until(() ->
                        !process.isAlive() || SessionProcesses.of(process.pid()).contains(process.pid()));
        return process;
    }

    private static void tell(Process shell, String line) throws IOException {
        OutputStream pipe = shell.getOutputStream();
        pipe.write(line.getBytes(StandardCharsets.US_ASCII));
        pipe.flush();
    }

    private static void assertEnds(Process shell) throws InterruptedException {
        assertThat(shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(SessionProcesses.of(shell.pid())).isEmpty());
    }

    private void assertActs(Process shell) throws InterruptedException {
        assertEnds(shell);
        assertThat(acted()).exists();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void goodbye_parentLives_endsAllOfTheSession(List<String> shell) throws Exception {
        Process parent = sleeper();
        Process watching = watch(shell, parent.pid(), SessionProcesses.start(parent.pid()), RARELY);
        tell(watching, "bye\n");
        assertEnds(watching);
        assertThat(acted()).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void endOfPipe_parentLives_waitsUntilItHasEnded(List<String> shell) throws Exception {
        Process parent = sleeper();
        Process watching = watch(shell, parent.pid(), SessionProcesses.start(parent.pid()), OFTEN);
        watching.getOutputStream().close();
        assertThat(watching.waitFor(3, TimeUnit.SECONDS)).isFalse();
        assertThat(acted()).doesNotExist();
        parent.destroyForcibly();
        assertActs(watching);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void endOfPipe_wordWithoutEndOfLine_isNoGoodbye(List<String> shell) throws Exception {
        Process parent = sleeper();
        Process watching = watch(shell, parent.pid(), SessionProcesses.start(parent.pid()), RARELY);
        parent.destroyForcibly().waitFor();
        tell(watching, "by");
        watching.getOutputStream().close();
        assertActs(watching);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void openPipe_parentHasEnded_isFoundOutAllTheSame(List<String> shell) throws Exception {
        Process parent = sleeper();
        Process watching = watch(shell, parent.pid(), SessionProcesses.start(parent.pid()), OFTEN);
        parent.destroyForcibly();
        assertActs(watching);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void endOfPipe_numberBelongsToAnotherProcess_acts(List<String> shell) throws Exception {
        Process parent = sleeper();
        Process watching = watch(shell, parent.pid(), "1" + SessionProcesses.start(parent.pid()), RARELY);
        watching.getOutputStream().close();
        assertActs(watching);
        assertThat(parent.isAlive()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void endOfPipe_parentHasEndedAndNobodyWaitedForIt_acts(List<String> shell) throws Exception {
        Process grandparent = start(new ProcessBuilder("/bin/sh", "-c", "sleep 600 & echo $!; exec sleep 600"));
        long parent = Long.parseLong(firstLine(grandparent));
        Process watching = watch(shell, parent, SessionProcesses.start(parent), RARELY);
        ProcessHandle.of(parent).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE).until(() -> SessionProcesses.state(parent).equals("Z"));
        watching.getOutputStream().close();
        assertActs(watching);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void parent_nameLikeTheFieldsBehindIt_isReadRight(List<String> shell) throws Exception {
        Path hostile = directory.resolve("a) Z 1 (\nb) ");
        Files.copy(program("sleep"), hostile);
        Process parent = start(new ProcessBuilder(hostile.toString(), "600"));
        await().atMost(PATIENCE)
                .until(() -> Files.readString(Path.of("/proc/" + parent.pid() + "/stat"))
                        .contains("Z 1"));
        Process watching = watch(shell, parent.pid(), SessionProcesses.start(parent.pid()), OFTEN);
        watching.getOutputStream().close();
        assertThat(watching.waitFor(3, TimeUnit.SECONDS)).isFalse();
        assertThat(acted()).doesNotExist();
        parent.destroyForcibly();
        assertActs(watching);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void signals_ofATerminalOrAService_areIgnored(List<String> shell) throws Exception {
        Process parent = sleeper();
        Process watching = watch(shell, parent.pid(), SessionProcesses.start(parent.pid()), RARELY);
        await().atMost(PATIENCE).until(() -> ignoresTerm(watching.pid()));
        for (String signal : List.of("HUP", "INT", "TERM", "QUIT", "PIPE")) {
            Process kill = start(new ProcessBuilder("kill", "-" + signal, "--", "-" + watching.pid()));
            assertThat(kill.waitFor()).isZero();
        }
        parent.destroyForcibly();
        watching.getOutputStream().close();
        assertActs(watching);
    }

    private static boolean ignoresTerm(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1 << 14) != 0);
    }

    @Test
    void java_isGone_theOneOnThePathIsTaken() throws Exception {
        Path java = Files.writeString(directory.resolve("java"), "#!/bin/sh\ntouch \"$1\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Process parent = sleeper();
        String path = directory + File.pathSeparator + System.getenv("PATH");
        Process watching = watch(
                List.of("/usr/bin/env", "PATH=" + path, "sh"),
                parent.pid(),
                SessionProcesses.start(parent.pid()),
                RARELY,
                directory.resolve("gone/java").toString(),
                ProcessBuilder.Redirect.PIPE);
        parent.destroyForcibly();
        watching.getOutputStream().close();
        assertActs(watching);
    }

    @Test
    void memory_whileNothingHappens_isLittle() throws Exception {
        Process parent = sleeper();
        Process watching = watch(List.of("/bin/sh"), parent.pid(), SessionProcesses.start(parent.pid()), RARELY);
        await().atMost(PATIENCE).until(() -> ignoresTerm(watching.pid()));
        long most = 0;
        for (int i = 0; i < 20; i++) {
            most = Math.max(most, SessionProcesses.memoryKilobytes(watching.pid()));
        }
        assertThat(most).isBetween(1L, GOAL_KILOBYTES);
        tell(watching, "bye\n");
        assertEnds(watching);
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        return String.valueOf(reader.readLine());
    }
}
