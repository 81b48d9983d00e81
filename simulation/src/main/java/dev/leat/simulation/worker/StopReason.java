package dev.leat.simulation.worker;

import dev.leat.domain.EndReason;

/** Why an attempt is to stop. */
enum StopReason {
    CANCELLED(true),
    DEADLINE(true),
    EXPIRED(true),
    TIMEOUT(true),
    CLAIM_CLOSED(true),
    LEASE_DOUBTED(false),
    WORKER_STOPS(false);

    private final boolean endsWithoutHandler;

    StopReason(boolean endsWithoutHandler) {
        this.endsWithoutHandler = endsWithoutHandler;
    }

    /** Whether the attempt is over after the grace time, though its handler may go on. */
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
