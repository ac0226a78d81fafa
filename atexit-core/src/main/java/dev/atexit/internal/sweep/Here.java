package dev.atexit.internal.sweep;

import dev.atexit.internal.journal.Header;
import dev.atexit.internal.process.Host;

/** Where and as whom this program runs, to compare journals with. Immutable. */
final class Here {
    final long uid;
    private final String machine;
    private final String boot;
    private final String mounts;

    Here(long uid, String machine, String boot, String mounts) {
        this.uid = uid;
        this.machine = machine;
        this.boot = boot;
        this.mounts = mounts;
    }

    static Here find() {
        return new Here(Host.uid(), Host.machineId(), Host.bootId(), Host.mountNamespace());
    }

    boolean isSameMachine(Header header) {
        return header.machine.equals(machine) || header.boot.equals(boot);
    }

    boolean isSameBoot(Header header) {
        return !boot.isEmpty() && header.boot.equals(boot);
    }

    /** Whether device numbers mean what they meant. */
    boolean isSameMount(Header header) {
        return isSameBoot(header) && !mounts.isEmpty() && header.mounts.equals(mounts);
    }

    /** Whether nobody who began in the boot of the header can live now. */
    boolean hasRebooted(Header header) {
        return !machine.isEmpty()
                && header.machine.equals(machine)
                && !boot.isEmpty()
                && !header.boot.isEmpty()
                && !header.boot.equals(boot);
    }
}
