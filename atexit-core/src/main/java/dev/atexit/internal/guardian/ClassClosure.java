package dev.atexit.internal.guardian;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The class files of the library that a class needs, itself among them. They are found by what their constants mention,
 * be it more than is needed: so there is no list to keep, and it does not matter where the library lies, nor what its
 * packages have been renamed to.
 */
final class ClassClosure {
    private static final String SUFFIX = ".class";

    /** Where the number of constants stands in a class file; it counts one more than there are. */
    private static final int COUNT_AT = 8;

    /** How long a constant is with its tag, by tag; 0 for none such. That of a text is without the text. */
    private static final byte[] LENGTHS = {0, 3, 0, 5, 5, 9, 9, 3, 3, 5, 5, 5, 5, 0, 0, 4, 3, 5, 5, 3, 3};

    private static final int TEXT = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    /** What may stand behind a name in a descriptor or a signature. */
    private static final String ENDS = ";<>.:()[ ";

    private final Class<?> near;
    private final byte[] base;
    private final Map<String, byte[]> found = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final ArrayDeque<byte[]> unread = new ArrayDeque<>();

    private ClassClosure(Class<?> near, String base) {
        this.near = near;
        this.base = base.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The class files, by their names in a jar.
     *
     * @param root the class that needs the others
     * @param base the package all of them are in or below, with slashes, and with one at its end
     */
    static Map<String, byte[]> of(Class<?> root, String base) throws IOException {
        ClassClosure closure = new ClassClosure(root, base);
        String name = root.getName().replace('.', '/');
        closure.add(name);
        if (closure.found.isEmpty()) {
            throw new FileNotFoundException("the class loader does not show the file of " + name);
        }
        for (byte[] next = closure.unread.poll(); next != null; next = closure.unread.poll()) {
            closure.addMentioned(next);
        }
        return closure.found;
    }

    /** Adds a class if there is one of this name. */
    private void add(String name) throws IOException {
        if (seen.add(name)) {
            try (InputStream in = near.getResourceAsStream("/" + name + SUFFIX)) {
                if (in != null) {
                    byte[] file = in.readAllBytes();
                    found.put(name + SUFFIX, file);
                    unread.add(file);
                }
            }
        }
    }

    /** Adds what the texts among the constants of a class mention: in names, descriptors and signatures alike. */
    private void addMentioned(byte[] file) throws IOException {
        int count = twoBytes(file, COUNT_AT);
        int at = COUNT_AT + 2;
        for (int i = 1; i < count; i++) {
            int tag = file[at];
            int length = tag < 0 || tag >= LENGTHS.length ? 0 : LENGTHS[tag];
            if (length == 0) {
                throw new IOException("a class of the library has a constant of the unknown kind " + tag);
            }
            if (tag == TEXT) {
                int from = at + length;
                length += twoBytes(file, at + 1);
                addMentioned(file, from, at + length);
            } else if (tag == LONG || tag == DOUBLE) {
                // These count twice.
                i++;
            }
            at += length;
        }
    }

    private void addMentioned(byte[] file, int from, int to) throws IOException {
        for (int at = from; at <= to - base.length; at++) {
            if (startsWithBase(file, at)) {
                int end = at + base.length;
                while (end < to && ENDS.indexOf(file[end]) < 0) {
                    end++;
                }
                add(new String(file, at, end - at, StandardCharsets.UTF_8));
                at = end;
            }
        }
    }

    private boolean startsWithBase(byte[] file, int at) {
        for (int i = 0; i < base.length; i++) {
            if (file[at + i] != base[i]) {
                return false;
            }
        }
        return true;
    }

    private static int twoBytes(byte[] file, int at) {
        return (file[at] & 0xff) << 8 | (file[at + 1] & 0xff);
    }
}
