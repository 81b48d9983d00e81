package dev.leat.plugin;

/** Thrown by {@link JobContext#throwIfCancelled()}; let it leave the handler. */
public final class JobCancelledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * For implementations of {@link JobContext}.
     *
     * @param message which job and attempt were cancelled
     */
    public JobCancelledException(String message) {
        super(message);
    }
}
