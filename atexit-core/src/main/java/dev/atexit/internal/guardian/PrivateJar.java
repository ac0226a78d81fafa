package dev.atexit.internal.guardian;

import dev.atexit.internal.lock.NewFile;
import dev.atexit.internal.process.Host;
import dev.atexit.internal.sweep.GuardianJars;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * The classes of {@link GuardianMain} in a jar that is ours alone: the one the program came in may lie inside another jar,
 * where no JVM can be started from, and may be replaced while the program runs. Its name tells its content, so that
 * versions stand beside each other.
 */
final class PrivateJar {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final int NAME_DIGITS = 8;

    private PrivateJar() {}

    /**
     * The jar in this directory. It is made if it is not there, or is not what it should be.
     *
     * @throws IOException if it cannot be trusted there, or not made
     */
    static Path install(Path directory) throws IOException {
        String reason = distrust(directory);
        if (reason != null) {
            throw new FileSystemException(directory.toString(), null, reason);
        }
        byte[] content = StoredJar.pack(ClassClosure.of(GuardianMain.class, base()));
        Path jar = directory.resolve(
                GuardianJars.PREFIX + hex(new CRC32(), content) + hex(new CRC32C(), content) + GuardianJars.SUFFIX);
        if (!isSound(jar, content)) {
            NewFile.replace(jar, content, OWNER_ONLY);
        }
        setTime(jar);
        return jar;
    }

    /** Says that the jar is in use, so that no sweep takes it for one of another time; makes it anew if one has. */
    static void keep(Path jar) {
        try {
            setTime(jar);
            if (!Files.exists(jar)) {
                Path directory = jar.getParent();
                if (directory != null) {
                    install(directory);
                }
            }
        } catch (IOException notNow) {
            // What the guardian cannot do is left to the next sweep.
            return;
        }
    }

    private static void setTime(Path jar) {
        try {
            Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis()));
        } catch (IOException goneOrReadOnly) {
            // It serves as it is, or is made anew.
            return;
        }
    }

    /** The package of the library with slashes and one at its end, whatever it was renamed to. */
    private static String base() throws IOException {
        String name = PrivateJar.class.getName().replace('.', '/');
        String below = "internal/guardian/PrivateJar";
        if (!name.endsWith("/" + below)) {
            throw new IOException("the classes of the library have been renamed: " + name);
        }
        return name.substring(0, name.length() - below.length());
    }

    private static boolean isSound(Path jar, byte[] content) throws IOException {
        try {
            return distrust(jar) == null && Arrays.equals(Files.readAllBytes(jar), content);
        } catch (NoSuchFileException none) {
            return false;
        }
    }

    /** Why somebody else could have a say in what stands there; null if nobody can. */
    private static @Nullable String distrust(Path path) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink() || attributes.isOther()) {
            return "is a link or something else that is neither a file nor a directory";
        }
        Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals((int) Host.uid())) {
            return "belongs to another user";
        }
        Set<PosixFilePermission> permissions = attributes.permissions();
        return permissions.contains(PosixFilePermission.GROUP_WRITE)
                        || permissions.contains(PosixFilePermission.OTHERS_WRITE)
                ? "may be written to by others"
                : null;
    }

    private static String hex(Checksum checksum, byte[] content) {
        checksum.update(content, 0, content.length);
        String digits = Long.toHexString(checksum.getValue());
        return "0".repeat(NAME_DIGITS - digits.length()) + digits;
    }
}
