package dev.leat.runtime.kafka;

/** The topics are not as Leat needs them and it cannot make them so; the message says what to do. */
public final class TopicSetupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TopicSetupException(String message) {
        super(message);
    }

    public TopicSetupException(String message, Throwable cause) {
        super(message, cause);
    }
}
