package dev.atexit.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.internal.tree.PathBytes;
import dev.atexit.internal.tree.RecordedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JournalReaderPropertyTest {
    @Property(tries = 300)
    void reader_whatThePayloadWrites_isReadBack(@ForAll("actions") List<Action> actions) throws IOException {
        JournalBytes journal = new JournalBytes();
        for (Action action : actions) {
            journal.intend(action);
        }
        JournalImage image = JournalReader.read(journal.bytes());
        for (int i = actions.size() - 1; i >= 0; i--) {
            JournalEntry entry = image.next();
            assertThat(entry).isNotNull();
            assertThat(entry.sequence).isEqualTo(i + 1L);
            assertThat(entry.problem).isEmpty();
            assertThat(bytes(entry.action)).isEqualTo(bytes(actions.get(i)));
        }
        assertThat(image.next()).isNull();
        assertThat(image.damaged()).isZero();
    }

    @Property(tries = 300)
    void index_anyOrder_isSortedNewestFirst(@ForAll List<Long> sequences) throws IOException {
        RecordIndex index = new RecordIndex(Integer.MAX_VALUE);
        for (int i = 0; i < sequences.size(); i++) {
            index.add(sequences.get(i), i);
        }
        index.sort();
        List<Long> sorted = new ArrayList<>();
        for (int i = 0; i < index.size(); i++) {
            sorted.add(index.intent(i));
            assertThat(sequences.get(index.cell(i))).isEqualTo(index.intent(i));
        }
        List<Long> expected = new ArrayList<>(sequences);
        expected.sort(Comparator.reverseOrder());
        assertThat(sorted).isEqualTo(expected);
    }

    private static byte[] bytes(Action action) {
        Payload payload = new Payload();
        payload.setIntent(action);
        return Arrays.copyOf(payload.bytes(), payload.length());
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        Arbitrary<Action> single = Arbitraries.oneOf(deletes(), pidFiles(), commands());
        Arbitrary<Action> grouped = Arbitraries.lazyOf(
                () -> single, () -> single.list().ofMaxSize(4).<Action>map(Action.Group::new));
        return grouped.list().ofMaxSize(8);
    }

    private static Arbitrary<Action> deletes() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        paths(),
                        files(),
                        files(),
                        Arbitraries.integers().between(0, 1))
                .as((tree, path, parent, made, random) -> new Action.Delete(tree, path, parent, made, 0, random));
    }

    private static Arbitrary<Action> pidFiles() {
        return Combinators.combine(
                        paths(), files(), files(), Arbitraries.longs().greaterOrEqual(1), Arbitraries.of(true, false))
                .as((path, parent, made, pid, temporary) -> new Action.RemovePidFile(
                        path, parent, made, pid, temporary ? path.resolveSibling(".tmp") : null))
                .map(action -> action);
    }

    private static Arbitrary<Action> commands() {
        Arbitrary<String> argument = Arbitraries.strings()
                .excludeChars('\0')
                .ofMinLength(1)
                .ofMaxLength(30)
                .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)));
        return Combinators.combine(
                        argument.list().ofMinSize(1).ofMaxSize(5),
                        paths(),
                        Arbitraries.longs().greaterOrEqual(1))
                .as(Action.Run::new);
    }

    private static Arbitrary<RecordedFile> files() {
        return Combinators.combine(
                        Arbitraries.longs(), Arbitraries.longs(), Arbitraries.longs(), Arbitraries.of(true, false))
                .as(RecordedFile::new)
                .injectNull(0.3);
    }

    /** Names of any bytes that a kernel takes. */
    private static Arbitrary<Path> paths() {
        Arbitrary<byte[]> name = Arbitraries.bytes()
                .filter(b -> b != 0 && b != '/')
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(20)
                .filter(bytes ->
                        !Arrays.equals(bytes, new byte[] {'.'}) && !Arrays.equals(bytes, new byte[] {'.', '.'}));
        return name.list().ofMinSize(1).ofMaxSize(4).map(names -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (byte[] each : names) {
                out.write('/');
                out.writeBytes(each);
            }
            return PathBytes.decode(out.toByteArray());
        });
    }
}
