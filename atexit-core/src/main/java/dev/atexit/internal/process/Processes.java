package dev.atexit.internal.process;

import java.util.Optional;

/** Whether processes of this machine live. For those that hold a lock, the lock tells it better. */
public final class Processes {
    private Processes() {}

    /**
     * Whether a process has this number and lives. The number of a thread is none, nor is that of a process which has
     * ended and has not been waited for. Where it cannot be told the answer is true.
     */
    public static boolean isAlive(long pid) {
        String own = ProcFs.ownStatus();
        if (own == null) {
            Optional<ProcessHandle> found = ProcessHandle.of(pid);
            return found.isPresent() && found.get().isAlive();
        }
        if (!ProcFs.showsOurNumbers(own)) {
            return true;
        }
        String status = ProcFs.read("/proc/" + pid + "/status");
        if (status == null) {
            // Where not even the first process is shown, those of other users are hidden.
            return ProcFs.exists("/proc/" + pid) || !ProcFs.exists("/proc/1");
        }
        String state = ProcFs.field(status, "State");
        return ProcFs.number(ProcFs.field(status, "Tgid")) == pid && (state == null || !hasEnded(state, pid));
    }

    /** A process whose first thread has ended looks the same as one that has, but for its other threads. */
    static boolean hasEnded(String state, long pid) {
        return state.startsWith("X") || (state.startsWith("Z") && ProcFs.threads(pid) <= 1);
    }
}
