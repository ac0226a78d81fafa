package dev.atexit.file;

import java.nio.file.FileAlreadyExistsException;

/** The pid file is there, and so may be another instance of the program. The message says which process it names. */
public final class PidFileExistsException extends FileAlreadyExistsException {
    private static final long serialVersionUID = 1;

    private final long pid;
    private final String message;

    PidFileExistsException(String path, long pid, String message) {
        super(path, null, message);
        this.pid = pid;
        this.message = message;
    }

    /**
     * The process that the file names.
     *
     * @return its number; 0 if the file names none
     */
    public long pid() {
        return pid;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
