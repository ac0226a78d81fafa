package dev.atexit.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PidContentTest {
    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("app.pid");
    }

    @ParameterizedTest
    @CsvSource({
        "2147483647, 2147483647",
        "2147483648, 0",
        "9999999999, 0",
        "00000000001, 0",
        "' 42 ', 42",
        "19, 19",
        "1/, 0",
        "1:, 0",
        "-1, 0",
        "'', 0",
    })
    void pid_ofTheFirstLine_isANumberThatAProcessCanHave(String line, long pid) throws IOException {
        for (String rest : new String[] {"", "\n", "\n7\n"}) {
            PidContent content = PidContent.read(Files.writeString(path, line + rest));
            assertThat(content).isNotNull();
            assertThat(content.pid).isEqualTo(pid);
        }
    }

    @ParameterizedTest
    @CsvSource({"42, false", "'', false", "'  ', false", "!, true", "text, true"})
    void text_thatIsNoNumber_isForeignUnlessItIsBlank(String text, boolean foreign) throws IOException {
        PidContent content = PidContent.read(Files.writeString(path, text + "\0\n"));
        assertThat(content).isNotNull();
        assertThat(content.isForeignText()).isEqualTo(foreign || text.equals("42"));
        content = PidContent.read(Files.writeString(path, text + "\n"));
        assertThat(content).isNotNull();
        assertThat(content.isForeignText()).isEqualTo(foreign);
    }

    @ParameterizedTest
    @CsvSource({"42, 42, 42", "42, 43, 42", "42, '', 42", "text, 43, 43", "'', 43, 43", "'', '', 0"})
    void owner_ofALockThatAnotherHas_isTheNumberInThePidFileElseInTheOtherOne(String pidFile, String owner, long pid)
            throws IOException {
        if (!pidFile.isEmpty()) {
            Files.writeString(path, pidFile + "\n");
        }
        if (!owner.isEmpty()) {
            Files.writeString(directory.resolve("app.pid.lock.owner"), "pid " + owner + "\nhost h\n");
        }
        assertThat(PidContent.owner(path)).isEqualTo(pid);
    }
}
