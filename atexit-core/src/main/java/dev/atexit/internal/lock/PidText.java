package dev.atexit.internal.lock;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** What a pid file says. Immutable. */
public final class PidText {
    /** Some programs write more below the number. */
    private static final int MAX_BYTES = 4096;

    private static final int MAX_DIGITS = 10;

    /** All of it. */
    public final String text;

    /** The number in the first line; 0 for anything else. */
    public final long pid;

    /** What the file is, as it was when it was read. */
    public final BasicFileAttributes attributes;

    /** A pid file with this text. */
    public PidText(String text, BasicFileAttributes attributes) {
        this.text = text;
        this.pid = parse(text);
        this.attributes = attributes;
    }

    /**
     * What is there; null if there is nothing.
     *
     * @throws FileSystemException if it is anything but a file, be it a link to one
     */
    public static @Nullable PidText read(Path path) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                String what = attributes.isSymbolicLink() ? "a symbolic link" : "not a file";
                throw new FileSystemException(path.toString(), null, "is " + what + ", and so no pid file");
            }
            try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
                return new PidText(new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1), attributes);
            }
        } catch (NoSuchFileException gone) {
            return null;
        }
    }

    /** The lock that the owner of a pid file holds. */
    public static Path lockOf(Path path) {
        return path.resolveSibling(path.getFileName() + ".lock");
    }

    /** The first line as a number that a process can have; 0 for anything else. */
    private static long parse(String text) {
        int end = text.indexOf('\n');
        String line = (end < 0 ? text : text.substring(0, end)).strip();
        if (line.isEmpty() || line.length() > MAX_DIGITS) {
            return 0;
        }
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < '0' || line.charAt(i) > '9') {
                return 0;
            }
        }
        long number = Long.parseLong(line);
        return number > Integer.MAX_VALUE ? 0 : number;
    }
}
