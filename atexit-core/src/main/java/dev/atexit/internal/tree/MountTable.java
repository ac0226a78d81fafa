package dev.atexit.internal.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mount points of this process on Linux, as the kernel lists them. A path is compared byte by byte, since its text
 * may have lost some: both sides are strings with one character for each byte.
 */
final class MountTable {
    private static final Path SOURCE = Path.of("/proc/self/mountinfo");

    /** Fields before the mount point: mount id, parent id, device, root of the mount. */
    private static final int FIELDS_BEFORE = 4;

    private final Set<String> points;

    private MountTable(Set<String> points) {
        this.points = points;
    }

    /** The table at this moment, or null where there is none. */
    static @Nullable MountTable read() {
        try {
            return parse(Files.readAllBytes(SOURCE));
        } catch (IOException notOnLinux) {
            return null;
        }
    }

    static MountTable parse(byte[] table) {
        Set<String> points = new HashSet<>();
        String lines = new String(table, StandardCharsets.ISO_8859_1);
        int begin = 0;
        while (begin < lines.length()) {
            int end = lines.indexOf('\n', begin);
            end = end < 0 ? lines.length() : end;
            String point = pointOf(lines.substring(begin, end));
            if (point != null) {
                points.add(unescape(point));
            }
            begin = end + 1;
        }
        return new MountTable(points);
    }

    private static @Nullable String pointOf(String line) {
        int from = 0;
        for (int i = 0; i < FIELDS_BEFORE; i++) {
            from = line.indexOf(' ', from) + 1;
            if (from == 0) {
                return null;
            }
        }
        int to = line.indexOf(' ', from);
        return line.substring(from, to < 0 ? line.length() : to);
    }

    /** The kernel writes space, tab, newline and backslash as a backslash and three octal digits. */
    private static String unescape(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        StringBuilder out = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 3 < field.length()) {
                c = (char) Integer.parseInt(field.substring(i + 1, i + 4), 8);
                i += 3;
            }
            out.append(c);
        }
        return out.toString();
    }

    /**
     * Checks that {@code where}, the root of a tree or something in it, is no mount point.
     *
     * @param root the root of the tree; its parent may be reached through links
     * @param inDoubt what to throw if nobody can tell
     */
    static void check(Path root, Path where, IOException inDoubt) throws IOException {
        MountTable table = root.getFileSystem() == FileSystems.getDefault() ? read() : null;
        if (table == null) {
            throw inDoubt;
        }
        Path real;
        try {
            real = real(root, where);
        } catch (IOException parentIsGone) {
            throw inDoubt;
        }
        if (table.contains(real)) {
            throw new FileSystemException(where.toString(), null, Reasons.MOUNT_POINT);
        }
    }

    /** Whether {@code where} is known to be a mount point. */
    static boolean isMountPoint(Path root, Path where) {
        MountTable table = root.getFileSystem() == FileSystems.getDefault() ? read() : null;
        try {
            return table != null && table.contains(real(root, where));
        } catch (IOException parentIsGone) {
            return false;
        }
    }

    private static Path real(Path root, Path where) throws IOException {
        Path parent = root.getParent();
        Path below = where.subpath(root.getNameCount() - 1, where.getNameCount());
        return parent == null ? where : parent.toRealPath().resolve(below);
    }

    /**
     * Whether this is a mount point.
     *
     * @param path absolute, and without links but for its last name
     */
    boolean contains(Path path) {
        return points.contains(new String(PathBytes.encode(path), StandardCharsets.ISO_8859_1));
    }
}
