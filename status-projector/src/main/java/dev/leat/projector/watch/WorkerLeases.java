package dev.leat.projector.watch;

import dev.leat.domain.WorkerId;

/** Which workers have lost their lease. Thread-safe; asks nobody. */
@FunctionalInterface
public interface WorkerLeases {

    /**
     * Whether the worker's lease has run out, or the worker has said goodbye. Never while this instance does not know
     * for sure that it has read all heartbeats there are.
     */
    boolean isLost(WorkerId worker);
}
