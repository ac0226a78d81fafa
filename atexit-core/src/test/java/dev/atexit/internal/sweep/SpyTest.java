package dev.atexit.internal.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.internal.journal.JournalBytes;
import dev.atexit.internal.journal.JournalEntry;
import dev.atexit.internal.journal.JournalReaderFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kernel is asked for nothing but what is written down: not even in vain. A real sweep goes through many journals,
 * honest ones, changed ones, damaged ones and ones of which no identity is true, among files of others, and all that it asks to change is looked at.
 */
class SpyTest {
    private static final int JOURNALS = 150;
    private static final int MAX_CHANGES = 6;
    private static final int HEADER_BYTES = 1024;

    /** Only so that what hangs does not hold the build. */
    private static final int PATIENCE_S = 300;

    @TempDir
    private Path directory;

    private final Random random = new Random(1);
    private SweepArena arena;
    private Relocation relocation;

    @BeforeEach
    void journals() throws Exception {
        Spy.assumeItWorks(directory);
        arena = new SweepArena(directory.resolve("arena"));
        arena.fill();
        relocation = new Relocation(arena.files);
        Relocation wrong = new Relocation(arena.fillOthers(), random);
        List<byte[]> seeds = seeds();
        for (int i = 0; i < JOURNALS; i++) {
            byte[] seed = seeds.get(i % seeds.size()).clone();
            if (i >= 2 * seeds.size()) {
                change(seed);
            }
            write(seed, i % 2 == 0 ? relocation : wrong, String.format("%032x", i), i % 3 == 2, i % 7 == 6);
        }
    }

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> kept = Files.list(Path.of("src", "test", "resources", "journals"))) {
            for (Path seed : kept.sorted().toList()) {
                seeds.add(Files.readAllBytes(seed));
            }
        }
        return seeds;
    }

    private void change(byte[] bytes) {
        for (int i = random.nextInt(MAX_CHANGES); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
    }

    private void write(byte[] said, Relocation to, String id, boolean damaged, boolean unlocked) throws IOException {
        JournalBytes journal = new JournalBytes();
        for (JournalEntry entry : JournalReaderFuzz.entries(said)) {
            if (entry.action != null) {
                journal.intend(to.of(entry.action));
            }
        }
        Path file = journal.write(arena.journals, id);
        if (damaged) {
            byte[] bytes = Files.readAllBytes(file);
            byte[] used = new byte[HEADER_BYTES + journal.nextCell() * 64];
            System.arraycopy(bytes, 0, used, 0, used.length);
            change(used);
            System.arraycopy(used, 0, bytes, 0, used.length);
            Files.write(file, bytes);
        }
        if (unlocked) {
            Files.delete(arena.journals.resolve(id + ".lock"));
        }
    }

    /** Sweeps; returns the calls that are about something else than what is written down, and the journals. */
    private List<String> sweep(Path... planted) throws Exception {
        Path report = directory.resolve("report");
        Path said = directory.resolve("said");
        List<String> command = new ArrayList<>(Spy.command(report));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(SpiedProgram.class.getName());
        command.add(arena.journals.toString());
        for (Path path : planted) {
            command.add(path.toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        } finally {
            process.destroyForcibly();
        }
        assertThat(said).content().startsWith(JOURNALS + "\n");
        List<Spy.Call> calls = Spy.read(report);
        assertThat(calls.stream().filter(call -> call.deletes() && isAllowed(call)))
                .as("calls that delete what is written down, of %s", calls.size())
                .hasSizeGreaterThan(10);
        return calls.stream()
                .filter(call -> !isAllowed(call))
                .map(Spy.Call::line)
                .toList();
    }

    private boolean isAllowed(Spy.Call call) {
        return !call.paths().isEmpty() && call.paths().stream().allMatch(path -> isAllowed(call, path));
    }

    private boolean isAllowed(Spy.Call call, Path path) {
        boolean journal = path.startsWith(arena.journals) && !path.equals(arena.journals);
        // The lock of a pid file is taken, and stays.
        boolean lock = call.opens() && path.endsWith(Path.of("x", "program.pid.lock"));
        // The JVM itself, before it begins.
        boolean own = path.startsWith("/proc/self") || path.startsWith("/dev");
        return journal || lock || own || relocation.allows(path);
    }

    @Test
    void sweep_manyJournals_asksForNothingThatIsNotWrittenDown() throws Exception {
        assertThat(sweep()).isEmpty();
    }

    @Test
    void spy_somethingElseDeleted_isSeen() throws Exception {
        Path neighbour = arena.files.resolve("x/file-other.csv");

        assertThat(sweep(neighbour)).hasSize(1).allMatch(line -> line.contains(neighbour.toString()));
    }
}
