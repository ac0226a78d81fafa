package dev.atexit.internal.process;

import java.time.Instant;
import java.util.Optional;

/** A process, told from every other one that has its number at another time or place. Immutable. */
public final class ProcessIdentity {
    private static final String UNKNOWN_HOST = "unknown";

    /** In this unit Linux counts the start of processes, whatever its own clock. */
    private static final long TICK_MS = 10;

    private static final int STAT_STATE = 3;
    private static final int STAT_START = 22;
    private static final char SEPARATOR = '/';

    private static final ProcessIdentity OWN = find();

    /** Its number. */
    public final long pid;

    /** The name of its machine. */
    public final String host;

    /** When it began, in milliseconds since 1970; 0 if not known. */
    public final long startedMillis;

    /** The boot, the namespace and the tick at which it began; empty if not known. */
    public final String exact;

    /** A process that was written down. */
    public ProcessIdentity(long pid, String host, long startedMillis, String exact) {
        this.pid = pid;
        this.host = host;
        this.startedMillis = startedMillis;
        this.exact = exact;
    }

    /** This process. */
    public static ProcessIdentity own() {
        return OWN;
    }

    /** Whether it has ended for certain. False for processes of other machines, or of other containers. */
    public boolean hasEnded() {
        return isSeenHere() && !isOwn() && !isShown();
    }

    /** Whether it lives for certain. False for processes of other machines, or of other containers. */
    public boolean isAlive() {
        return isSeenHere() && (isOwn() || (isShown() && ProcFs.exists("/proc/" + pid + "/stat")));
    }

    /** Several processes begin in one tick, so that what is exact is not enough. */
    private boolean isOwn() {
        return pid == OWN.pid && exact.equals(OWN.exact);
    }

    /** Whether its number means the same here, and now. */
    private boolean isSeenHere() {
        int last = exact.lastIndexOf(SEPARATOR);
        return last >= 0 && OWN.exact.startsWith(exact.substring(0, last + 1));
    }

    /** Whether it is there, or may be there and is hidden. */
    private boolean isShown() {
        int last = exact.lastIndexOf(SEPARATOR);
        String stat = ProcFs.read("/proc/" + pid + "/stat");
        if (stat == null) {
            return ProcFs.exists("/proc/" + pid) || !ProcFs.exists("/proc/1");
        }
        return ProcFs.statField(stat, STAT_START).equals(exact.substring(last + 1))
                && !Processes.hasEnded(ProcFs.statField(stat, STAT_STATE), pid);
    }

    /** Reads {@code /proc} where there is one, since the JDK's own way to ask is dear when first used. */
    private static ProcessIdentity find() {
        String status = ProcFs.ownStatus();
        long pid = status == null ? -1 : ProcFs.number(ProcFs.field(status, "Tgid"));
        if (status == null || pid < 0 || !ProcFs.showsOurNumbers(status)) {
            ProcessHandle self = ProcessHandle.current();
            Optional<Instant> started = self.info().startInstant();
            return new ProcessIdentity(
                    self.pid(), host(), started.isPresent() ? started.get().toEpochMilli() : 0, "");
        }
        String stat = ProcFs.read("/proc/self/stat");
        String start = stat == null ? "" : ProcFs.statField(stat, STAT_START);
        return new ProcessIdentity(pid, host(), startedMillis(ProcFs.number(start)), exact(start));
    }

    private static long startedMillis(long ticks) {
        String uptime = ProcFs.read("/proc/uptime");
        int point = uptime == null ? -1 : uptime.indexOf('.');
        if (uptime == null || point < 0 || ticks < 0 || point + 3 > uptime.length()) {
            return 0;
        }
        long upHundredths = ProcFs.number(uptime.substring(0, point) + uptime.substring(point + 1, point + 3));
        return upHundredths < 0 ? 0 : System.currentTimeMillis() - (upHundredths - ticks) * TICK_MS;
    }

    private static String exact(String start) {
        String boot = Host.bootId();
        String namespace = Host.pidNamespace();
        return boot.isEmpty() || namespace.isEmpty() || start.isEmpty()
                ? ""
                : boot + SEPARATOR + namespace + SEPARATOR + start;
    }

    /** Without asking a name service, which may take its time. */
    private static String host() {
        String name = ProcFs.read("/proc/sys/kernel/hostname");
        for (String variable : new String[] {"HOSTNAME", "COMPUTERNAME"}) {
            if (name == null || name.isBlank()) {
                name = System.getenv(variable);
            }
        }
        return name == null || name.isBlank() ? UNKNOWN_HOST : name.strip();
    }
}
