package dev.leat.domain.schedule;

/** A text is no cron expression. The message says which field is wrong, what was expected and what came. */
public final class CronSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    CronSyntaxException(String message) {
        super(message);
    }
}
