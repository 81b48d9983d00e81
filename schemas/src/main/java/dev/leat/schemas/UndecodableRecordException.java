package dev.leat.schemas;

/** A record that no retry can make usable. Its message says what was expected and what came. */
public final class UndecodableRecordException extends RuntimeException {

    public UndecodableRecordException(String message) {
        super(message);
    }

    public UndecodableRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
