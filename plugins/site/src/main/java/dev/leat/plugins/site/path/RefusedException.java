package dev.leat.plugins.site.path;

/**
 * A job that cannot be done however often it is tried: it names a path that it must not use, or something that does not
 * make sense. The message says what was expected and what came.
 */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason what was expected, and what came */
    public RefusedException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** The message. */
    public String reason() {
        return reason;
    }
}
