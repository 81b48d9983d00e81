package dev.leat.projector.watch;

import dev.leat.domain.WorkerId;

/** Which workers have lost their lease. Thread-safe; its methods return at once. */
public interface WorkerLeases {

    /**
     * Whether the worker's lease has run out, or the worker has said goodbye. Never while this instance does not know
     * for sure that it has read all heartbeats there are.
     */
    boolean isLost(WorkerId worker);

    /** A claim of the worker was met for the first time: it lived when it made it. */
    void claimed(WorkerId worker);
}
