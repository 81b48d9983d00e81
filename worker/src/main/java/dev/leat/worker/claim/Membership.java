package dev.leat.worker.claim;

import java.time.Duration;

import dev.leat.worker.claim.PartitionBuffers.Tenure;

/** What a wait in the middle of a claim needs to know about the consumer's group. For the consumer's thread. */
interface Membership {

    /** Polls, so that the consumer stays in its group and learns what it owns. What comes is buffered. */
    void poll(Duration timeout);

    /** Whether the partition has been owned since then without a break, as far as is known. */
    boolean holds(Tenure tenure);

    /** Whether the worker can be sure of its lease, and so may claim. */
    boolean mayClaim();

    /** Whether the worker stops and has waited long enough. */
    boolean givesUp();
}
