package dev.atexit.internal.guardian;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.StderrObserver;
import dev.atexit.internal.exit.SystemThread;
import dev.atexit.internal.exit.Text;
import dev.atexit.internal.process.StateDirectory;
import dev.atexit.internal.sweep.GuardianJars;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has a shell watch this program, and start the sweep of its journal when the program has died without
 * {@linkplain #goodbye() saying goodbye}. A shell that is killed is started again, once.
 *
 * <p>One thread of its own starts the shell and waits for it: {@code shell} and {@code over} are written there and by
 * whoever says goodbye, in opposite order, so that one of the two sees what the other has done and nobody waits.
 */
public final class Guardian implements Runnable {
    private static final byte[] GOODBYE = "bye\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_STARTS = 2;

    private final @Nullable ShellStarter given;
    private final Path journals;
    private final String id;
    private volatile @Nullable Process shell;
    private volatile boolean over;

    /**
     * Creates one that {@linkplain #run watches} on whose thread it is run.
     *
     * @param given what starts the shell; null for the programs of this machine
     */
    Guardian(@Nullable ShellStarter given, Path journals, String id) {
        this.given = given;
        this.journals = journals;
        this.id = id;
    }

    /**
     * Starts a guardian, on another thread. Where there can be none, a line says what that means. May be called with a lock
     * held.
     *
     * @param journals the directory of the journals
     * @param id the name of this program's journal, without its suffix
     */
    public static Guardian watch(Path journals, String id) {
        Guardian guardian = new Guardian(null, journals, id);
        if (!SystemThread.startIfPossible("atexit-guardian", guardian)) {
            StderrObserver.print(line("the machine has no thread left for it"));
        }
        return guardian;
    }

    /** The program owes nothing more: the guardian ends at once. Never waits; a second call does nothing. */
    public void goodbye() {
        over = true;
        tellOver();
    }

    @Override
    public void run() {
        try {
            ShellStarter starter = given == null ? ShellStarter.ofThisMachine() : given;
            Path jar = PrivateJar.install(StateDirectory.part(GuardianJars.DIRECTORY));
            for (int starts = 0; !isOver(); starts++) {
                if (starts == MAX_STARTS) {
                    say("it was killed twice");
                    return;
                }
                Process started = starter.start(jar, journals, id);
                shell = started;
                if (over) {
                    tellOver();
                }
                do {
                    PrivateJar.keep(jar);
                } while (!started.waitFor(1, TimeUnit.DAYS));
            }
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError failed) {
            if (!isOver()) {
                // Ours say all in their message.
                boolean ours = failed.getClass() == IOException.class;
                say(ours ? Text.escape(String.valueOf(failed.getMessage())) : Text.describe(failed));
            }
        } catch (InterruptedException notByUs) {
            // Whoever interrupts all threads of a program: the shell goes on, but is not started again.
            return;
        }
    }

    private void tellOver() {
        Process told = shell;
        if (told != null) {
            try (OutputStream pipe = told.getOutputStream()) {
                pipe.write(GOODBYE);
            } catch (IOException gone) {
                // It was killed, or has been told before.
                return;
            }
        }
    }

    private boolean isOver() {
        return over || ExitScope.current().exiting();
    }

    private static void say(String reason) {
        ExitScope.current().say(line(reason));
    }

    private static String line(String reason) {
        return "no guardian, since " + reason
                + ": after SIGKILL, Runtime.halt or a crash, what this program leaves stays until the next sweep";
    }
}
