package dev.leat.simulation.worker;

import java.time.Duration;
import java.util.Optional;

import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobPolicy;

/**
 * An attempt that a worker wants to run.
 *
 * @param term of the worker's lease when it began to claim
 */
record SimulatedClaim(JobId job, Fact.JobQueued command, JobPolicy policy, ClaimId id, long term) {

    int attempt() {
        return command.attempt();
    }

    /** How long the next try waits if this one is spent. */
    Optional<Duration> retry() {
        return policy.retryAfter(job, command.spent());
    }
}
