package dev.atexit.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tells this machine, its boot and this user from others. Everything is empty, or -1, where it is not known. */
public final class Host {
    private static final String[] MACHINE_IDS = {"/etc/machine-id", "/var/lib/dbus/machine-id"};

    private Host() {}

    /** The installation of the operating system; containers often have none. */
    public static String machineId() {
        for (String file : MACHINE_IDS) {
            String text = ProcFs.read(file);
            if (text != null && !text.isBlank()) {
                return text.strip();
            }
        }
        return "";
    }

    /** The run of the kernel, the same in all containers. */
    public static String bootId() {
        String text = ProcFs.read("/proc/sys/kernel/random/boot_id");
        return text == null ? "" : text.strip();
    }

    /** Where this process's mount points count. */
    public static String mountNamespace() {
        return link("/proc/self/ns/mnt");
    }

    /** Where this process's number counts. */
    static String pidNamespace() {
        return link("/proc/self/ns/pid");
    }

    /** The user this process acts as. */
    public static long uid() {
        String status = ProcFs.ownStatus();
        String columns = status == null ? null : ProcFs.field(status, "Uid");
        if (columns == null) {
            return -1;
        }
        int from = columns.indexOf('\t') + 1;
        int to = columns.indexOf('\t', from);
        return to < 0 ? -1 : ProcFs.number(columns.substring(from, to));
    }

    private static String link(String path) {
        try {
            return Files.readSymbolicLink(Path.of(path)).toString();
        } catch (IOException none) {
            // A kernel without namespaces, or one that does not show them.
            return "";
        }
    }
}
