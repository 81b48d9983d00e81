package dev.leat.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What the projector decides when a job has changed. A decision is a fact of its own on the events topic, and counts
 * only when it is folded from there: the log's order, not the decider's, says whether it or a worker's claim came
 * first.
 */
public final class Decisions {

    private Decisions() {}

    /**
     * The decision that follows from a change.
     *
     * <p>An unwanted job in its lane is cancelled once for every time that it gets there: also when a claim on it was
     * abandoned after an earlier decision had met it running and so had not counted.
     */
    public static Optional<Fact> after(Job before, Job after, Instant now) {
        return after.isQueuedAndUnwanted() && !before.isQueuedAndUnwanted()
                ? Optional.of(new Fact.JobCancelled(now))
                : Optional.empty();
    }
}
