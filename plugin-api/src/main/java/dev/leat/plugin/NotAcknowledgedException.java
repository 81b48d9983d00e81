package dev.leat.plugin;

/**
 * Kafka did not acknowledge in time what a handler wanted to be kept. It may have been taken all the same. Best let out
 * of the handler: the job's next attempt does it again.
 */
public final class NotAcknowledgedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * For implementations of {@link JobContext} and {@link PluginState}.
     *
     * @param message what was to be kept, and how long it was waited for
     * @param cause what the Kafka client said
     */
    public NotAcknowledgedException(String message, Throwable cause) {
        super(message, cause);
    }
}
