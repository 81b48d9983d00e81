package dev.leat.submit.submission;

/** A record was not acknowledged. */
public final class SendFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    /** What is known about the record. */
    public enum Outcome {
        /** It is not in the log and will not come into it. */
        NOT_WRITTEN,
        /** It may be in the log, or not. */
        UNKNOWN,
        /** It is not in the log, as the broker takes none of that size. */
        TOO_LARGE
    }

    /** A record that has not been acknowledged. */
    public SendFailedException(Outcome outcome, Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause);
        this.outcome = outcome;
    }

    public Outcome outcome() {
        return outcome;
    }
}
