package dev.atexit.internal.journal;

import dev.atexit.internal.process.ProcessIdentity;
import dev.atexit.internal.tree.PathBytes;
import dev.atexit.internal.tree.RecordedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Journals that the writer has written, without the cells at their end that were never used, for chance to begin with. */
final class JournalSeeds {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String RANDOM = "00112233445566778899aabbccddeeff";
    private static final int OF_TREE = "tree-".length();
    private static final int OF_FILE = "file-".length();
    private static final RecordedFile PARENT = new RecordedFile(4, 4, 4, true);
    private static final RecordedFile TREE = new RecordedFile(4, 8, 4, true);
    private static final RecordedFile FILE = new RecordedFile(4, 12, 4, false);

    private JournalSeeds() {}

    private interface Writer {
        void write(Journal journal);
    }

    /** Where they are kept. */
    static Path directory() {
        return Path.of("src", "test", "resources", "journals").toAbsolutePath();
    }

    /** What the writer writes today, by name. */
    static Map<String, byte[]> written(Path scratch) throws IOException {
        Map<String, byte[]> seeds = new TreeMap<>();
        seeds.put("empty", write(scratch.resolve("empty"), journal -> {}));
        seeds.put("made", write(scratch.resolve("made"), JournalSeeds::made));
        seeds.put("intended", write(scratch.resolve("intended"), JournalSeeds::intended));
        seeds.put("reused", write(scratch.resolve("reused"), JournalSeeds::reused));
        seeds.put("groups", write(scratch.resolve("groups"), JournalSeeds::groups));
        return seeds;
    }

    private static byte[] write(Path directory, Writer writer) throws IOException {
        Files.createDirectories(directory);
        ProcessIdentity process = new ProcessIdentity(4242, "host", 1_700_000_000_000L, "boot/pid:[1]/100");
        Header header =
                new Header(process, 1000, 1_700_000_000_000L, "machine", "boot", "mnt:[1]", "dev.example.Program");
        Journal journal = new Journal(Journal.create(directory, ID, header, false), false);
        writer.write(journal);
        byte[] all = Files.readAllBytes(Journal.file(directory, ID));
        int cells = Layout.cells(all.length);
        while (cells > 0 && all[Layout.offset(cells)] == 0) {
            cells--;
        }
        return Arrays.copyOf(all, Layout.offset(cells + 1));
    }

    private static Action.Delete tree(String directory) {
        Path path = Path.of(directory, "tree-" + RANDOM);
        return new Action.Delete(true, path, PARENT, null, OF_TREE, RANDOM.length());
    }

    private static Action.Delete file() {
        return new Action.Delete(false, Path.of("/x/file-" + RANDOM + ".csv"), PARENT, null, OF_FILE, RANDOM.length());
    }

    private static Action.RemovePidFile pidFile() {
        return new Action.RemovePidFile(
                Path.of("/x/program.pid"), PARENT, null, 4242, Path.of("/x/.program.pid." + RANDOM));
    }

    private static void made(Journal journal) {
        journal.made(journal.intend(tree("/x")), TREE);
        journal.made(journal.intend(file()), FILE);
        journal.made(journal.intend(pidFile()), FILE);
    }

    private static void intended(Journal journal) {
        journal.intend(tree("/x"));
        journal.intend(file());
        journal.intend(pidFile());
    }

    private static void reused(Journal journal) {
        long first = journal.intend(tree("/x"));
        journal.made(first, TREE);
        long second = journal.intend(tree("/x/" + "a-long-name/".repeat(20)));
        long third = journal.intend(file());
        journal.strikeOut(first);
        journal.made(
                journal.intend(new Action.Delete(
                        true,
                        PathBytes.decode("/x/n\u00e4me".getBytes(StandardCharsets.ISO_8859_1)),
                        PARENT,
                        null,
                        0,
                        0)),
                TREE);
        journal.made(second, TREE);
        journal.strikeOut(third);
        journal.intend(new Action.Delete(false, Path.of("/x/link/inside"), null, FILE, 0, 0));
        journal.intend(new Action.Delete(true, Path.of("/x/.a/..b/c"), null, TREE, 0, 0));
    }

    private static void groups(Journal journal) {
        Action run = new Action.Run(List.of("/bin/echo", "said", ""), Path.of("/"), 1_000_000_000);
        Action inner =
                new Action.Group(List.of(new Action.Delete(true, Path.of("/x/neighbour"), PARENT, TREE, 0, 0), run));
        journal.intend(new Action.Group(List.of(tree("/x"), inner, pidFile())));
        journal.intend(run);
    }
}
