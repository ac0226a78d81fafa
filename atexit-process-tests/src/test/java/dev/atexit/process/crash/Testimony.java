package dev.atexit.process.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * What a program says about its own files that must not be cleaned up, in a file, line by line, each of which is there when
 * the call returns, whatever then happens to the program. A path that is not mentioned must be gone when the program is.
 */
final class Testimony implements AutoCloseable {
    /** What becomes of a path. */
    enum Fate {
        /** The program was about to decide. */
        EITHER('?'),
        STAYS('+'),
        GOES('-');

        private final char letter;

        Fate(char letter) {
            this.letter = letter;
        }

        private static Fate of(char letter) {
            for (Fate fate : values()) {
                if (fate.letter == letter) {
                    return fate;
                }
            }
            throw new IllegalArgumentException("no fate: " + letter);
        }
    }

    /** Stands for a newline in a name. */
    private static final char NEWLINE = '\u0001';

    private final FileChannel channel;

    Testimony(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void say(Fate fate, Path path) throws IOException {
        String line = fate.letter + path.toString().replace('\n', NEWLINE) + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        if (channel.write(bytes) == 0 || bytes.hasRemaining()) {
            throw new IOException("a line was not written as a whole");
        }
    }

    /** The last that was said of each path. A last line that was cut off does not count. */
    static Map<Path, Fate> read(Path file) throws IOException {
        Map<Path, Fate> fates = new HashMap<>();
        if (!Files.exists(file)) {
            return fates;
        }
        String text = Files.readString(file);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
            if (!line.isEmpty()) {
                fates.put(Path.of(line.substring(1).replace(NEWLINE, '\n')), Fate.of(line.charAt(0)));
            }
        }
        return fates;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
