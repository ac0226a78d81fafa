package dev.atexit.lock;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a lock's file is called: its name, with every byte but letters, digits, {@code .}, {@code -} and {@code _} as
 * {@code %XX}. The same under every locale, and never hidden or in another directory.
 */
final class LockNames {
    /** With the endings of our own, a file name has 255 bytes on most systems. */
    private static final int MAX_LENGTH = 200;

    private static final String HEX = "0123456789ABCDEF";

    private LockNames() {}

    static String checked(String name) {
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank: it is what all who use the lock agree on");
        }
        return name;
    }

    static String encode(String name) {
        StringBuilder out = new StringBuilder();
        byte[] bytes = checked(name).getBytes(StandardCharsets.UTF_8);
        if (!new String(bytes, StandardCharsets.UTF_8).equals(name)) {
            throw new IllegalArgumentException("name must be text: it has half of a surrogate pair in it");
        }
        for (byte b : bytes) {
            if (isPlain(b) && (b != '.' || out.length() > 0)) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
            }
        }
        if (out.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("name must be at most " + MAX_LENGTH
                    + " characters, where a byte of UTF-8 that is no letter, digit, '.', '-' or '_' counts three times;"
                    + " but is " + out.length());
        }
        return out.toString();
    }

    private static boolean isPlain(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '.'
                || b == '-'
                || b == '_';
    }
}
