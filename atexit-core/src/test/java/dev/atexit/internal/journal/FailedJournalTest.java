package dev.atexit.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.internal.tree.RecordedFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the journal has failed. */
class FailedJournalTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final RecordedFile FILE = new RecordedFile(7, 8, 9, false);

    @TempDir
    private Path directory;

    private Object[] state;
    private Journal journal;

    @BeforeEach
    void create() throws IOException {
        state = Journal.create(directory, ID, Header.own(), false);
        journal = new Journal(state, false);
    }

    private long intend(String path) {
        return journal.intend(new Action.Delete(false, Path.of(path), null, FILE, 0, 0));
    }

    /** Nothing can be written to a file that is closed. */
    private void failDisk() throws IOException {
        for (Object part : state) {
            if (part instanceof RandomAccessFile file) {
                file.close();
            }
        }
    }

    @Test
    void intend_fileCannotBeWritten_failsForGoodAndSaysWhyOnce() throws IOException {
        assertThat(intend("/before")).isNotZero();
        failDisk();

        assertThat(intend("/after")).isZero();

        assertThat(journal.takeTrouble()).startsWith("java.io.IOException");
        assertThat(intend("/again")).isZero();
        assertThat(journal.takeTrouble()).isNull();
        assertThat(journal.hasFailed()).isTrue();
        assertThat(journal.isClosed()).isFalse();
        assertThat(journal.live()).isEqualTo(1);
        assertThat(Journal.file(directory, ID)).exists();
    }

    @Test
    void anotherCopy_ofAFailedJournal_knowsItAndSaysNothing() throws IOException {
        failDisk();
        intend("/a");
        Journal other = new Journal(state, false);

        assertThat(other.hasFailed()).isTrue();
        assertThat(other.takeTrouble()).isNull();
    }

    /** What is on the disk would have somebody delete what the program wants to keep by now. */
    @Test
    void strikeOut_cannotBeWritten_dropsTheFile() throws IOException {
        long first = intend("/first");
        long second = intend("/second");
        failDisk();

        journal.strikeOut(first);

        assertThat(Journal.file(directory, ID)).doesNotExist();
        assertThat(journal.hasFailed()).isTrue();
        assertThat(journal.closeIfEmpty()).isFalse();
        journal.strikeOut(second);
        assertThat(journal.live()).isZero();
        assertThat(journal.closeIfEmpty()).isTrue();
        assertThat(journal.isClosed()).isTrue();
    }

    @Test
    void made_cannotBeWritten_keepsTheTicket() throws IOException {
        long ticket = intend("/a");
        failDisk();

        assertThat(journal.made(ticket, FILE)).isEqualTo(ticket);
        assertThat(journal.hasFailed()).isTrue();
        journal.strikeOut(ticket);
        assertThat(journal.live()).isZero();
    }
}
