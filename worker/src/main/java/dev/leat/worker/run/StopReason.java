package dev.leat.worker.run;

import dev.leat.domain.EndReason;

/** Why an attempt is to stop. */
enum StopReason {
    /** Somebody cancelled the job. */
    CANCELLED(true),
    /** The job's deadline over all attempts has passed. */
    DEADLINE(true),
    /** The job waited longer for its first start than it may; keeps a handler from starting and stops none. */
    EXPIRED(true),
    /** The attempt has taken longer than it may. */
    TIMEOUT(true),
    /** The projector says that the claim does not count any more. */
    CLAIM_CLOSED(true),
    /** The worker is not sure of its lease. */
    LEASE_DOUBTED(false),
    /** The worker stops, and the time to finish is over. */
    WORKER_STOPS(false);

    private final boolean endsWithoutHandler;

    StopReason(boolean endsWithoutHandler) {
        this.endsWithoutHandler = endsWithoutHandler;
    }

    /**
     * Whether the attempt is over after the grace time, though its handler may go on. Where the job is only handed back it
     * is not: another worker must not begin while this one still runs it, unless this one's lease has run out.
     */
    boolean endsWithoutHandler() {
        return endsWithoutHandler;
    }

    /** Whether this reason counts although the other one was given before. */
    boolean outweighs(StopReason earlier) {
        return endsWithoutHandler && !earlier.endsWithoutHandler;
    }

    static StopReason of(EndReason reason) {
        return switch (reason) {
            case CANCEL -> CANCELLED;
            case DEADLINE -> DEADLINE;
            case EXPIRE -> EXPIRED;
        };
    }
}
