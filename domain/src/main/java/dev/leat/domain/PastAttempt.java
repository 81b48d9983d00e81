package dev.leat.domain;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An attempt that has ended.
 *
 * @param number from 1
 * @param startedAt on the worker's clock
 * @param endedAt on the clock of the one who says so
 * @param error cut to a length that lets a job keep many
 */
public record PastAttempt(int number, WorkerId worker, Instant startedAt, Instant endedAt, Ending ending,
        Optional<JobError> error) {

    static final int MAX_MESSAGE = 2_000;
    static final int MAX_STACK_TRACE = 4_000;

    public PastAttempt {
        error = error.map(whole -> whole.cut(MAX_MESSAGE, MAX_STACK_TRACE));
    }

    /** How an attempt ended. */
    public enum Ending {
        SUCCEEDED, FAILED, TIMED_OUT, SNOOZED, WAITED, RELEASED, CANCELLED, LEASE_EXPIRED;

        /** The name outside the JVM. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
