package dev.atexit.process.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that find a state directory they cannot use: they say so in one line, and do without. */
class StartAttackTest {
    private static final String NOBODY = "65534";
    private static final String PREFIX = "[atexit] ";

    @TempDir
    private Path directory;

    private Scene scene;

    @BeforeEach
    void start() throws Exception {
        scene = new Scene(directory);
    }

    /** Prepares, and runs a program that wants one line with the reason, and still leaves nothing. */
    private void assertSaidOnce(String prepare, String run, String reason) throws Exception {
        List<String> said = scene.shell("S=" + scene.state + "; D=" + scene.journals + "\n" + prepare + "\n"
                + run.replace("DEBTOR", "echo exit | " + scene.debtor("one", "-Datexit.guardian=false")));
        assertThat(said).hasSize(2).contains(Child.READY);
        assertThat(said).anySatisfy(line -> assertThat(line).startsWith(PREFIX).contains(reason));
        assertThat(scene.left()).isEmpty();
    }

    @Test
    void journals_ofAnotherUser_areNotUsed() throws Exception {
        assumeTrue(scene.can("touch x && chown " + NOBODY + " x"), "giving files away needs root");
        assertSaidOnce("mkdir -p $D; chmod 700 $D; chown " + NOBODY + " $D", "DEBTOR", "belongs to another user");
    }

    @Test
    void journals_writableByOthers_areNotUsed() throws Exception {
        assertSaidOnce("mkdir -p $D; chmod 777 $D", "DEBTOR", "may be written to by others");
    }

    @Test
    void journals_isALink_isNotUsed() throws Exception {
        assertSaidOnce("mkdir -p $S real; ln -s \"$PWD/real\" $D", "DEBTOR", "is a symbolic link");
        assertThat(scene.shell("ls real")).isEmpty();
    }

    @Test
    void journals_isAFile_isNotUsed() throws Exception {
        assertSaidOnce("mkdir -p $S; echo precious >$D", "DEBTOR", "state");
        assertThat(scene.journals).hasContent("precious");
    }

    @Test
    void journals_isAPipe_isNotUsed() throws Exception {
        assertSaidOnce("mkdir -p $S; mkfifo $D", "DEBTOR", "state");
    }
}
