package dev.atexit.internal.guardian;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;

/** Packs files into a jar without compressing them, so that the same files always make the same bytes. */
final class StoredJar {
    private static final int FILE = 0x04034b50;
    private static final int FILE_BYTES = 30;
    private static final int DIRECTORY_ENTRY = 0x02014b50;
    private static final int DIRECTORY_ENTRY_BYTES = 46;
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;

    private static final short VERSION = 10;
    private static final short NAMES_ARE_UTF_8 = 1 << 11;

    /** The first day that a jar can tell, at midnight. */
    private static final int TIME = (1 << 5 | 1) << 16;

    private StoredJar() {}

    /** The bytes of a jar with these files. */
    static byte[] pack(Map<String, byte[]> files) {
        int length = END_BYTES;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            length += FILE_BYTES
                    + DIRECTORY_ENTRY_BYTES
                    + 2 * file.getKey().getBytes(StandardCharsets.UTF_8).length
                    + file.getValue().length;
        }
        ByteBuffer jar = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer directory = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] name = file.getKey().getBytes(StandardCharsets.UTF_8);
            directory.putInt(DIRECTORY_ENTRY).putShort(VERSION);
            describe(directory, name, file.getValue());
            directory
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt(0)
                    .putInt(jar.position())
                    .put(name);
            jar.putInt(FILE);
            describe(jar, name, file.getValue());
            jar.put(name).put(file.getValue());
        }
        int directoryAt = jar.position();
        int directoryLength = directory.position();
        jar.put(directory.flip()).putInt(END).putInt(0);
        jar.putShort((short) files.size()).putShort((short) files.size());
        jar.putInt(directoryLength).putInt(directoryAt).putShort((short) 0);
        return jar.array();
    }

    /** What stands both before the file and in the directory. */
    private static void describe(ByteBuffer out, byte[] name, byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(content);
        out.putShort(VERSION).putShort(NAMES_ARE_UTF_8).putShort((short) 0).putInt(TIME);
        out.putInt((int) sum.getValue()).putInt(content.length).putInt(content.length);
        out.putShort((short) name.length).putShort((short) 0);
    }
}
