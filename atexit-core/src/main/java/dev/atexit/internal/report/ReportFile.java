package dev.atexit.internal.report;

import dev.atexit.internal.exit.ExitSummary;
import dev.atexit.internal.exit.ReportSink;
import dev.atexit.internal.process.ProcessIdentity;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Writes the report beside its place and moves it there, so that what stands there is whole. Found by the engine by its
 * name, and only where a report is asked for.
 */
public final class ReportFile implements ReportSink {
    private static final String PID = "%p";
    private static final int MAX_TRIES = 100;

    /** What is made of a report. */
    public interface Form {
        /** Writes what is made of the JSON, and leaves the stream open. */
        void write(byte[] json, OutputStream out) throws IOException;
    }

    private final @Nullable Form form;

    /** Made by the engine: writes JSON. */
    public ReportFile() {
        this(null);
    }

    /** Writes what {@code form} makes of the JSON; that itself if it is null. */
    public ReportFile(@Nullable Form form) {
        this.form = form;
    }

    @Override
    public void write(String path, ExitSummary exit) throws IOException {
        File file = new File(path.replace(PID, Long.toString(ProcessIdentity.own().pid))).getAbsoluteFile();
        if (file.isDirectory()) {
            throw new IOException(file + " is a directory");
        }
        File part = create(file);
        boolean moved = false;
        try {
            try (FileOutputStream out = new FileOutputStream(part)) {
                if (form == null) {
                    ReportJson.write(exit, out);
                } else {
                    ByteArrayOutputStream json = new ByteArrayOutputStream();
                    ReportJson.write(exit, json);
                    form.write(json.toByteArray(), out);
                }
            }
            moved = part.renameTo(file);
            if (!moved) {
                Files.move(part.toPath(), file.toPath(), StandardCopyOption.REPLACE_EXISTING);
                moved = true;
            }
        } finally {
            if (!moved) {
                Files.deleteIfExists(part.toPath());
            }
        }
    }

    /** Makes an empty file that only its owner may read, of a name that nothing had. */
    private static File create(File file) throws IOException {
        for (int i = 0; i < MAX_TRIES; i++) {
            File part =
                    new File(file.getParentFile(), "." + file.getName() + "." + Long.toHexString(System.nanoTime()));
            if (part.createNewFile()) {
                // Nothing is in it yet that could be read before.
                part.setReadable(false, false);
                part.setWritable(false, false);
                part.setReadable(true, true);
                part.setWritable(true, true);
                return part;
            }
        }
        throw new IOException("no name is free beside " + file);
    }
}
