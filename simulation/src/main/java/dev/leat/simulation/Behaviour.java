package dev.leat.simulation;

/**
 * What a handler does in one attempt.
 *
 * @param ending what it says in the end
 * @param nanos how long it takes
 * @param stubbornNanos how long it goes on when it is interrupted
 */
public record Behaviour(Ending ending, long nanos, long stubbornNanos) {

    /** How a handler ends by itself. */
    public enum Ending {
        SUCCEED,
        FAIL,
        FAIL_FOR_GOOD,
        RETRY_AFTER,
        SNOOZE,
        /** Not before it is interrupted. */
        HANG
    }
}
