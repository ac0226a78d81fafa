package dev.atexit.internal.process;

import dev.atexit.internal.tree.OwnerOnly;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the library keeps what all programs of a user share: the directory that the operator names, else the user's own
 * for such things, else, where there is no home that can be written, one of this user under the temporary directory.
 */
public final class StateDirectory {
    private static final String PROPERTY = "atexit.state.dir";
    private static final String VARIABLE = "ATEXIT_STATE_DIR";
    private static final String NAME = "atexit";

    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private StateDirectory() {}

    /**
     * A directory in the state directory. Created, readable by its owner only, if it is not there.
     *
     * @throws IOException if there is none that can be used; what the operator names is used or refused, since two
     *     programs that take different ones would not find each other
     */
    public static Path part(String name) throws IOException {
        return part(name, System.getProperty(PROPERTY), System.getenv(VARIABLE), System.getenv("XDG_STATE_HOME"));
    }

    static Path part(String name, @Nullable String property, @Nullable String variable, @Nullable String xdg)
            throws IOException {
        if (property != null && !property.isBlank()) {
            return named(property, "system property " + PROPERTY, name);
        }
        if (variable != null && !variable.isBlank()) {
            return named(variable, "environment variable " + VARIABLE, name);
        }
        Path state = xdg == null ? null : absolute(xdg);
        if (state == null) {
            Path home = absolute(System.getProperty("user.home", ""));
            state = home == null ? null : home.resolve(".local").resolve("state");
        }
        if (state != null) {
            try {
                return writable(state.resolve(NAME).resolve(name));
            } catch (IOException noHome) {
                // A service's user often has none, or one that is read-only.
                return temporary(name);
            }
        }
        return temporary(name);
    }

    private static Path named(String text, String source, String name) throws IOException {
        Path directory = absolute(text);
        if (directory == null) {
            throw new IOException(source
                    + " must be an absolute path, so that it means the same to every program, but is '" + text + "'");
        }
        try {
            return writable(directory.resolve(name));
        } catch (IOException unusable) {
            throw new IOException(
                    "the directory of " + source + " cannot be used: " + directory + ": " + unusable, unusable);
        }
    }

    private static @Nullable Path absolute(String text) {
        try {
            Path path = Path.of(text);
            return path.isAbsolute() ? path : null;
        } catch (InvalidPathException noPath) {
            return null;
        }
    }

    private static Path writable(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, OwnerOnly.directory(directory));
        }
        if (!Files.isWritable(directory)) {
            throw new FileSystemException(directory.toString(), null, "cannot be written");
        }
        return directory;
    }

    /** Others can write there too, so what has the name must be a directory, ours, and nobody else's. */
    private static Path temporary(String name) throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toAbsolutePath();
        Path own = parent.resolve(NAME + "-" + user());
        try {
            Files.createDirectory(own, OwnerOnly.directory(own));
        } catch (FileAlreadyExistsException there) {
            checkOurs(own);
        }
        return writable(own.resolve(name));
    }

    private static void checkOurs(Path directory) throws IOException {
        boolean ours = Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
        if (ours && OwnerOnly.isKnown(directory)) {
            PosixFileAttributes attributes =
                    Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            ours = attributes.permissions().equals(OWNER_ONLY) && isOwner(directory, attributes);
        }
        if (!ours) {
            throw new FileSystemException(
                    directory.toString(),
                    null,
                    "is not a directory of this user's with mode 0700; set " + PROPERTY + " or " + VARIABLE
                            + " to a directory that is");
        }
    }

    private static boolean isOwner(Path directory, PosixFileAttributes attributes) throws IOException {
        long uid = Host.uid();
        if (uid >= 0) {
            return Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                    .equals((int) uid);
        }
        return attributes.owner().getName().equals(System.getProperty("user.name"));
    }

    private static String user() {
        long uid = Host.uid();
        if (uid >= 0) {
            return Long.toString(uid);
        }
        StringBuilder name = new StringBuilder(System.getProperty("user.name", ""));
        for (int i = 0; i < name.length(); i++) {
            if (!Character.isLetterOrDigit(name.charAt(i))) {
                name.setCharAt(i, '_');
            }
        }
        return name.toString();
    }
}
