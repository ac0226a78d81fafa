package dev.atexit.internal.tree;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Paths as the bytes that the kernel has. The text of a path may have lost some of them, depending on the locale; its URI
 * has not.
 */
public final class PathBytes {
    private static final char FIRST_PRINTABLE = ' ';
    private static final char LAST_ASCII = '~';

    private PathBytes() {}

    /** The bytes of an absolute path. */
    public static byte[] encode(Path path) {
        String text = path.toString();
        if (isAscii(text)) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
        String raw = path.toUri().getRawPath();
        byte[] bytes = new byte[raw.length()];
        int n = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                c = (char) Integer.parseInt(raw, i + 1, i + 3, 16);
                i += 2;
            }
            bytes[n++] = (byte) c;
        }
        // The URI of an existing directory ends in a separator.
        int length = n > 1 && bytes[n - 1] == '/' ? n - 1 : n;
        return Arrays.copyOf(bytes, length);
    }

    /** How many bytes the first characters of a path's last name are. */
    public static int length(Path path, String firstOfName) {
        return isAscii(firstOfName)
                ? firstOfName.length()
                : encode(path.getFileSystem().getPath("/" + firstOfName)).length - 1;
    }

    /**
     * The path.
     *
     * @throws IllegalArgumentException if it is none, or not absolute
     */
    public static Path decode(byte[] bytes) {
        StringBuilder uri = new StringBuilder("file://");
        boolean plain = true;
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            plain &= c >= FIRST_PRINTABLE && c <= LAST_ASCII;
            uri.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xf, 16));
        }
        if (bytes.length == 0 || bytes[0] != '/') {
            throw new IllegalArgumentException("not an absolute path");
        }
        if (plain) {
            return Path.of(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        return Path.of(URI.create(
                uri.replace("file://".length(), "file://".length() + 3, "/").toString()));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < FIRST_PRINTABLE || text.charAt(i) > LAST_ASCII) {
                return false;
            }
        }
        return true;
    }
}
