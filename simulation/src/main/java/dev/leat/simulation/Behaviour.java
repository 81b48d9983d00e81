package dev.leat.simulation;

import java.util.List;

import dev.leat.domain.JobId;

/**
 * What a handler does in one attempt.
 *
 * @param ending what it says in the end
 * @param nanos how long it takes
 * @param stubbornNanos how long it goes on when it is interrupted
 * @param awaited the jobs that it says it waits for
 */
public record Behaviour(Ending ending, long nanos, long stubbornNanos, List<JobId> awaited) {

    public Behaviour {
        awaited = List.copyOf(awaited);
    }

    Behaviour(Ending ending, long nanos, long stubbornNanos) {
        this(ending, nanos, stubbornNanos, List.of());
    }

    /** What waits for other jobs after so long. */
    static Behaviour waiting(List<JobId> awaited, long nanos) {
        return new Behaviour(Ending.WAIT, nanos, 0, awaited);
    }

    /** How a handler ends by itself. */
    public enum Ending {
        SUCCEED,
        FAIL,
        FAIL_FOR_GOOD,
        RETRY_AFTER,
        SNOOZE,
        /** To be called again when other jobs have ended. */
        WAIT,
        /** Not before it is interrupted. */
        HANG
    }
}
