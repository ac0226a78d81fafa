package dev.atexit.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.internal.tree.PathBytes;
import dev.atexit.internal.tree.RecordedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReaderTest {
    private static final int FIRST_CELL = Layout.HEADER_BYTES;
    private static final RecordedFile FILE = new RecordedFile(1, 2, 3, false);
    private static final RecordedFile DIRECTORY = new RecordedFile(1, 7, 8, true);

    private final JournalBytes journal = new JournalBytes();

    private static List<JournalEntry> entries(JournalImage image) throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        for (JournalEntry entry = image.next(); entry != null; entry = image.next()) {
            entries.add(entry);
        }
        return entries;
    }

    private static Action.Delete file(String path) {
        return new Action.Delete(false, Path.of(path), DIRECTORY, null, 0, 0);
    }

    private static Payloads payload() {
        return new Payloads();
    }

    /** A journal with one intent that has this payload: why it is not understood. */
    private static String problem(Payloads payload) throws IOException {
        JournalBytes journal = new JournalBytes();
        journal.record(Layout.INTENT, payload.bytes());
        List<JournalEntry> entries = entries(JournalReader.read(journal.bytes()));
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).action == null)
                .isEqualTo(!entries.get(0).problem.isEmpty());
        return entries.get(0).problem;
    }

    @Test
    void read_records_areNewestFirstWithWhatWasMade() throws IOException {
        long first = journal.intend(file("/a/first"));
        journal.intend(file("/a/second"));
        journal.made(first, FILE);

        JournalImage image = JournalReader.read(journal.bytes());
        List<JournalEntry> entries = entries(image);

        assertThat(image.header).isNotNull();
        assertThat(image.header.program).isEqualTo("Program");
        assertThat(entries).hasSize(2);
        Action.Delete second = (Action.Delete) entries.get(0).action;
        assertThat(second.path).isEqualTo(Path.of("/a/second"));
        assertThat(second.made).isNull();
        assertThat(second.parent.inode).isEqualTo(7);
        assertThat(((Action.Delete) entries.get(1).action).made.inode).isEqualTo(2);
        assertThat(image.damaged()).isZero();
    }

    @Test
    void read_struckOut_isNotThere() throws IOException {
        journal.intend(file("/a/" + "long".repeat(50)));
        journal.intend(file("/a/second"));
        byte[] bytes = journal.bytes();
        ByteBuffer.wrap(bytes).putInt(FIRST_CELL, 0);

        JournalImage image = JournalReader.read(bytes);

        assertThat(entries(image)).extracting(entry -> entry.sequence).containsExactly(2L);
        assertThat(image.damaged()).isZero();
    }

    @Test
    void read_anyByteOfARecordChanged_dropsItOrLeavesItAsItWas() throws IOException {
        journal.intend(file("/a/" + "x".repeat(60)));
        int cells = journal.nextCell() - 1;
        journal.intend(file("/a/second"));
        byte[] bytes = journal.bytes();
        for (int i = FIRST_CELL; i < FIRST_CELL + cells * Layout.CELL_BYTES; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 0x55;
            List<JournalEntry> entries = entries(JournalReader.read(changed));
            assertThat(entries).extracting(entry -> entry.sequence).startsWith(2L);
            if (entries.size() > 1) {
                assertThat(((Action.Delete) entries.get(1).action).path).hasToString("/a/" + "x".repeat(60));
            }
        }
    }

    @Test
    void read_cutOffAnywhere_isRefusedOrHasWhatIsWhole() throws IOException {
        journal.intend(file("/a/" + "x".repeat(60)));
        int end = FIRST_CELL + (journal.nextCell() - 1) * Layout.CELL_BYTES;
        byte[] bytes = journal.bytes();
        for (int length = 0; length <= end; length++) {
            JournalImage image = JournalReader.read(Arrays.copyOf(bytes, length));
            assertThat(image.header == null).isEqualTo(!image.refusal.isEmpty());
            assertThat(entries(image)).hasSize(length == end ? 1 : 0);
        }
    }

    @Test
    void read_linksInACircleOrOutside_dropTheRecord() throws IOException {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            name.append(i);
        }
        journal.intend(file("/a/" + name));
        byte[] bytes = journal.bytes();
        int second = FIRST_CELL + Layout.CELL_BYTES;
        for (int link : new int[] {0, 1, 2, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1024, 1025}) {
            byte[] changed = bytes.clone();
            ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(second + 4, link);
            JournalImage image = JournalReader.read(changed);
            assertThat(entries(image)).as("link to %d", link).isEmpty();
            assertThat(image.damaged()).isOne();
            assertThat(image.notes().get(0)).startsWith("cell 1: ");
        }
    }

    @Test
    void read_madeWithoutIntentOrBeforeIt_meansNothing() throws IOException {
        journal.made(2, FILE);
        journal.intend(file("/a/file"));
        journal.made(99, FILE);
        int struckOut = journal.nextCell();
        journal.made(journal.intend(file("/a/done")), FILE);
        byte[] bytes = journal.bytes();
        ByteBuffer.wrap(bytes).putInt(Layout.offset(struckOut), 0);
        JournalImage image = JournalReader.read(bytes);
        List<JournalEntry> entries = entries(image);
        assertThat(entries).hasSize(1);
        assertThat(((Action.Delete) entries.get(0).action).made).isNull();
        assertThat(image.damaged()).isEqualTo(2);
    }

    @Test
    void read_madeTwice_isWhatCameLast() throws IOException {
        long intent = journal.intend(file("/a/file"));
        journal.made(intent, new RecordedFile(1, 100, 3, false));
        journal.made(intent, new RecordedFile(1, 200, 3, false));
        List<JournalEntry> entries = entries(JournalReader.read(journal.bytes()));
        assertThat(((Action.Delete) entries.get(0).action).made.inode).isEqualTo(200);
    }

    @Test
    void read_twoIntentsOfOneNumber_areNotUsed() throws IOException {
        journal.intend(file("/a/file"));
        byte[] bytes = journal.bytes();
        int cells = journal.nextCell() - 1;
        System.arraycopy(bytes, FIRST_CELL, bytes, FIRST_CELL + cells * 64, cells * 64);
        for (int i = 0; i < cells; i++) {
            ByteBuffer cell = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int at = FIRST_CELL + (cells + i) * 64 + (i == 0 ? 20 : 4);
            cell.putInt(at, cell.getInt(at) == 0 ? 0 : cell.getInt(at) + cells);
        }
        List<JournalEntry> entries = entries(JournalReader.read(bytes));
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).action).isNull();
        assertThat(entries.get(0).problem).contains("two records");
    }

    @Test
    void read_pathsThatLeadElsewhere_areNotUnderstood() throws IOException {
        String[] bad = {"", "a", "a/b", "/", "//", "/a/", "/a//b", "/a/.", "/a/..", "/./a", "/../a", "/a/../b", "/a\0b"
        };
        for (String path : bad) {
            assertThat(problem(payload().octets(2, 0).text(path))).as(path).isNotEmpty();
        }
        assertThat(problem(payload().octets(2, 0).text("/" + "x".repeat(4096)))).isNotEmpty();
        for (String path : new String[] {"/a", "/...", "/a/.b", "/a/..b/c ", "/\n\t\u00e9"}) {
            assertThat(problem(payload().octets(2, 0).text(path))).as(path).isEmpty();
        }
    }

    @Test
    void read_pathThatIsNoText_keepsItsBytes() throws IOException {
        byte[] path = {'/', 'a', '/', (byte) 0xff, (byte) 0xc3, '%', '4', '1', '\n'};
        journal.record(Layout.INTENT, payload().octets(2, 0).text(path).bytes());
        Action.Delete delete =
                (Action.Delete) entries(JournalReader.read(journal.bytes())).get(0).action;
        assertThat(PathBytes.encode(delete.path)).isEqualTo(path);
    }

    @Test
    void read_payloadsThatAreNotExact_areNotUnderstood() throws IOException {
        assertThat(problem(payload())).isNotEmpty();
        assertThat(problem(payload().octets(0, 0))).contains("kind");
        assertThat(problem(payload().octets(6, 0))).contains("kind");
        assertThat(problem(payload().octets(2, 8).text("/a"))).contains("flags");
        assertThat(problem(payload().octets(2, 1).text("/a"))).isNotEmpty();
        assertThat(problem(payload().octets(2, 0).text("/a").octets(0))).contains("follows");
        assertThat(problem(payload().octets(2, 0).shorts(9).octets('/'))).contains("too early");
        assertThat(problem(payload().octets(2, 4).text("/abc").shorts(1, 3))).contains("random part");
        assertThat(problem(payload().octets(2, 4).text("/abc").shorts(1, 2))).isEmpty();
        assertThat(problem(payload().octets(3, 0).text("/a/b").longs(0).text("")))
                .isNotEmpty();
        assertThat(problem(payload().octets(3, 0).text("/a/b").longs(5).text("")))
                .isEmpty();
        assertThat(problem(payload().octets(3, 0).text("/a/b").longs(5).text("c")))
                .isEmpty();
        assertThat(problem(payload().octets(3, 0).text("/a/b").longs(5).text("/a/c")))
                .isEmpty();
        for (String elsewhere : new String[] {"/c", "/b/c", "c/d", "../c", "..", "/a/c/d", "/"}) {
            assertThat(problem(payload().octets(3, 0).text("/a/b").longs(5).text(elsewhere)))
                    .as(elsewhere)
                    .isNotEmpty();
        }
        assertThat(problem(payload().octets(4, 0).longs(1).text("/").shorts(1).text("x")))
                .isEmpty();
        assertThat(problem(payload().octets(4, 0).longs(0).text("/").shorts(1).text("x")))
                .contains("timeout");
        assertThat(problem(payload().octets(4, 0).longs(1).text("/").shorts(0))).contains("no command");
        assertThat(problem(payload().octets(4, 0).longs(1).text("/").shorts(1).text("")))
                .contains("no command");
        assertThat(problem(payload().octets(4, 0).longs(1).text("/").shorts(1).text("a\0")))
                .contains("zero");
        assertThat(problem(payload().octets(4, 0).longs(1).text("/").shorts(1).text(new byte[] {(byte) 0xff})))
                .contains("UTF-8");
        assertThat(problem(payload().octets(5, 0).shorts(2).octets(2, 0).text("/a")))
                .contains("too early");
    }

    @Test
    void read_groupsInEachOther_areBounded() throws IOException {
        Payloads deep = payload();
        for (int i = 0; i < Layout.MAX_DEPTH; i++) {
            deep.octets(5, 0).shorts(1);
        }
        assertThat(problem(deep.octets(2, 0).text("/a"))).isEmpty();
        Payloads deeper = payload();
        for (int i = 0; i < 10_000; i++) {
            deeper.octets(5, 0).shorts(1);
        }
        assertThat(problem(deeper.octets(2, 0).text("/a"))).contains("too many groups");
    }

    @Test
    void read_headersThatAreNotWhole_areRefused() throws IOException {
        byte[] bytes = journal.bytes();
        for (int i = 0; i < Layout.HEADER_CHECKED_TO; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertThat(JournalReader.read(changed).refusal).as("byte %d", i).isNotEmpty();
        }
        bytes[Layout.VERSION_AT] = 2;
        assertThat(JournalReader.read(bytes).refusal).contains("version 2");
    }

    @Test
    void read_tries_countOnlyIfTheyAreWhole() throws IOException {
        journal.tries = 3;
        byte[] bytes = journal.bytes();
        assertThat(JournalReader.read(bytes).tries).isEqualTo(3);
        bytes[Layout.TRIES_AT] = 4;
        assertThat(JournalReader.read(bytes).tries).isZero();
    }

    @Test
    void read_randomBytes_neverFails() throws IOException {
        Random random = new Random(42);
        byte[] whole = journal.bytes();
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = Arrays.copyOf(whole, Layout.HEADER_BYTES + 64 * random.nextInt(40) + random.nextInt(64));
            ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = FIRST_CELL; at + 64 <= bytes.length; at += 64) {
                byte[] cell = new byte[64];
                random.nextBytes(cell);
                out.put(at, cell);
                out.putInt(at, random.nextBoolean() ? Layout.HEAD : Layout.CONTINUATION);
                out.putLong(at + 8, random.nextInt(3));
                out.put(at + 16, (byte) random.nextInt(4)).put(at + 17, (byte) 0);
                out.putInt(at + 4, random.nextInt(40)).putInt(at + 20, random.nextInt(40));
            }
            entries(JournalReader.read(bytes));
        }
    }

    @Test
    void read_file_isAsTheBytesAndLargerOnesAreRefused(@TempDir Path directory) throws IOException {
        journal.intend(file("/a/file"));
        Path file = Files.write(directory.resolve("journal"), journal.bytes());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertThat(entries(JournalReader.read(channel, true))).hasSize(1);
            assertThat(entries(JournalReader.read(channel, false))).isEmpty();
            channel.write(ByteBuffer.allocate(1), 200L << 20);
            assertThat(entries(JournalReader.read(channel, true))).hasSize(1);
            channel.write(ByteBuffer.allocate(1), 1L << 31);
            assertThat(JournalReader.read(channel, true).refusal).contains("larger");
        }
    }

    @Test
    void edit_strikeOutAndTries_areWhatIsReadNext(@TempDir Path directory) throws IOException {
        long intent = journal.intend(file("/a/file"));
        journal.made(intent, FILE);
        journal.intend(file("/a/other"));
        Path file = Files.write(directory.resolve("journal"), journal.bytes());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            List<JournalEntry> entries = entries(JournalReader.read(channel, true));
            JournalEdit.strikeOut(channel, entries.get(1));
            JournalEdit.setTries(channel, 2);
            JournalImage image = JournalReader.read(channel, true);
            assertThat(image.tries).isEqualTo(2);
            assertThat(entries(image)).extracting(entry -> entry.sequence).containsExactly(entries.get(0).sequence);
            assertThat(image.damaged()).isZero();
        }
    }

    @Test
    void index_moreThanThereIsMemoryFor_isSaid() throws IOException {
        RecordIndex index = new RecordIndex(3);
        for (int i = 0; i < 3; i++) {
            index.add(i, i);
        }
        assertThatThrownBy(() -> index.add(3, 3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("memory");
    }

    /** Bytes of a payload. */
    private static final class Payloads {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Payloads octets(int... values) {
            for (int value : values) {
                out.write(value);
            }
            return this;
        }

        Payloads shorts(int... values) {
            for (int value : values) {
                octets(value & 0xff, value >> 8);
            }
            return this;
        }

        Payloads longs(long value) {
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(value)
                    .array());
            return this;
        }

        Payloads text(String text) {
            return text(text.getBytes(StandardCharsets.UTF_8));
        }

        Payloads text(byte[] bytes) {
            shorts(bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
