package dev.atexit.internal.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.internal.exit.ExitObserver;
import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Notice;
import dev.atexit.internal.exit.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guardian that cannot be; for those that can, see the process tests. */
class GuardianTest {
    private static final String STATE = "atexit.state.dir";

    @TempDir
    private Path directory;

    private final List<String> said = new ArrayList<>();
    private final ExitScope scope = ExitScope.detached(null);
    private final ExitScope before = ExitScope.replaceCurrent(scope);

    @BeforeEach
    void listen() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc here");
        System.setProperty(STATE, directory.resolve("state").toString());
        scope.configure(new Settings(Settings.UNSET, Settings.UNSET, null, null, null, null, new ExitObserver() {
            @Override
            public boolean wantsAll() {
                return false;
            }

            @Override
            public void on(Notice notice) {
                said.add(notice.label);
            }
        }));
    }

    @AfterEach
    void restore() {
        System.clearProperty(STATE);
        ExitScope.replaceCurrent(before);
    }

    private Guardian withoutPrograms() {
        return new Guardian(new ShellStarter(directory.toString()), directory, "id");
    }

    @Test
    void run_withoutSetsid_saysOnceWhatIsNotSurvived() {
        withoutPrograms().run();
        assertThat(said)
                .containsExactly(
                        "no guardian, since there is no program 'setsid' here: after SIGKILL, Runtime.halt or a"
                                + " crash, what this program leaves stays until the next sweep");
    }

    @Test
    void run_afterTheGoodbye_startsAndSaysNothing() {
        Guardian guardian = withoutPrograms();
        guardian.goodbye();
        guardian.goodbye();
        guardian.run();
        assertThat(said).isEmpty();
    }
}
