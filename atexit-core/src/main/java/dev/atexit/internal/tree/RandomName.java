package dev.atexit.internal.tree;

import java.io.FileInputStream;
import java.io.IOException;
import java.security.SecureRandom;

/** Names nobody can guess. */
public final class RandomName {
    /** How many digits a name has. */
    public static final int LENGTH = 32;

    private static final int BYTES = LENGTH / 2;
    private static final String HEX = "0123456789abcdef";

    private RandomName() {}

    /** 128 random bits as 32 hexadecimal digits. */
    public static String next() {
        byte[] bytes = random();
        StringBuilder out = new StringBuilder(2 * BYTES);
        for (byte b : bytes) {
            out.append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
        }
        return out.toString();
    }

    /** From the kernel where it offers them as a file: the first use of {@code SecureRandom} is dear. */
    private static byte[] random() {
        try (FileInputStream device = new FileInputStream("/dev/urandom")) {
            byte[] bytes = device.readNBytes(BYTES);
            if (bytes.length == BYTES) {
                return bytes;
            }
        } catch (IOException noSuchDevice) {
            // The JDK has its ways everywhere.
        }
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
