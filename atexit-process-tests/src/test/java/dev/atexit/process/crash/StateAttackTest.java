package dev.atexit.process.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State directories and journals that somebody has prepared: refused with the reason, and nothing is deleted. */
class StateAttackTest {
    private static final String NOBODY = "65534";

    @TempDir
    private Path directory;

    private Scene scene;
    private List<String> before;

    @BeforeEach
    void owe() throws Exception {
        scene = new Scene(directory);
        scene.owe("victim");
        before = scene.left();
        assertThat(before).hasSize(Scene.owed());
    }

    private void needRoot() throws Exception {
        assumeTrue(scene.can("touch x && chown " + NOBODY + " x"), "giving files away needs root");
    }

    /** Prepares, sweeps, and wants a refusal with this word in it. */
    private void assertRefused(String script, String reason) throws Exception {
        scene.shell("J=" + scene.journal() + "; L=" + scene.only(".lock") + "; D=" + scene.journals + "\n" + script);
        assertThat(scene.sweep()).contains(reason);
        assertThat(scene.left()).containsExactlyInAnyOrderElementsOf(before);
    }

    /** What is wrong with one journal does not save another. */
    private void assertOthersAreSwept() throws Exception {
        scene.owe("other");
        scene.sweep();
        assertThat(scene.left()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void journal_untouched_isSwept() throws Exception {
        scene.sweep();
        assertThat(scene.left()).isEmpty();
        assertThat(scene.shell("ls " + scene.journals)).isEmpty();
    }

    @Test
    void journal_ofAnotherUser_isRefused() throws Exception {
        needRoot();
        assertRefused("chown " + NOBODY + " $J", "belongs to another user");
        assertOthersAreSwept();
    }

    @Test
    void lock_ofAnotherUser_isRefused() throws Exception {
        needRoot();
        assertRefused("chown " + NOBODY + " $L", "belongs to another user");
        assertOthersAreSwept();
    }

    @Test
    void journal_writableByOthers_isRefused() throws Exception {
        assertRefused("chmod 622 $J", "may be written to by others");
        assertOthersAreSwept();
    }

    @Test
    void journal_isALink_isRefused() throws Exception {
        assertRefused("mv $J real; ln -s \"$PWD/real\" $J", "is a symbolic link");
        assertOthersAreSwept();
    }

    @Test
    void journal_leadsNowhere_isRefused() throws Exception {
        assertRefused("rm $J; ln -s \"$PWD/nothing\" $J", "is a symbolic link");
        assertThat(directory.resolve("nothing")).doesNotExist();
    }

    @Test
    void journal_hasASecondName_isRefused() throws Exception {
        assertRefused("ln $J second", "has a second name");
        assertOthersAreSwept();
    }

    @Test
    void journal_isAPipe_isRefusedAtOnce() throws Exception {
        assertRefused("rm $J; mkfifo $J", "is not a file");
        assertOthersAreSwept();
    }

    @Test
    void journal_isADirectory_isRefused() throws Exception {
        assertRefused("rm $J; mkdir $J; touch $J/x", "is not a file");
        assertOthersAreSwept();
    }

    @Test
    void lock_isALink_isRefused() throws Exception {
        assertRefused("rm $L; echo precious >real; ln -s \"$PWD/real\" $L", "is a symbolic link");
        assertThat(directory.resolve("real")).hasContent("precious");
        assertOthersAreSwept();
    }

    @Test
    void lock_isAPipe_isRefusedAtOnce() throws Exception {
        assertRefused("rm $L; mkfifo $L", "is not a file");
        assertOthersAreSwept();
    }

    @Test
    void lock_isADirectory_isRefused() throws Exception {
        assertRefused("rm $L; mkdir $L", "is not a file");
        assertOthersAreSwept();
    }

    @Test
    void journals_directoryOfAnotherUser_isRefused() throws Exception {
        needRoot();
        assertRefused("chown " + NOBODY + " $D", "belongs to another user");
    }

    @Test
    void journals_directoryWritableByOthers_isRefused() throws Exception {
        assertRefused("chmod 777 $D", "may be written to by others");
    }

    @Test
    void journals_directoryIsALink_isRefused() throws Exception {
        assertRefused("mv $D real; ln -s \"$PWD/real\" $D", "is a symbolic link");
    }

    /** It has a terabyte on paper: its sound records are used, or it is refused; but it takes no time and no memory. */
    @Test
    void journal_isHuge_takesNoTime() throws Exception {
        assumeTrue(scene.can("truncate -s 1T huge && rm huge"), "no sparse files here");
        scene.shell("truncate -s 1T " + scene.journal());
        scene.sweep();
        assertThat(scene.left()).isIn(List.of(), before);
        scene.owe("other");
        scene.sweep();
        assertThat(scene.left()).isIn(List.of(), before);
    }
}
