package dev.atexit.internal.journal;

/** A record is not what the format says. */
final class BadRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong; there may be very many of these. */
    BadRecordException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
