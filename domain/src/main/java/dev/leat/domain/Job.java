package dev.leat.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A job as far as its facts are known. Immutable; only {@link JobFold} makes new ones from old ones.
 *
 * <p>Its parts come from different topics: the submission from a lane, the request to cancel from control, all the
 * rest from events. Each part hangs on the order of its own topic alone, which is why any interleaving of the topics
 * gives the same job.
 *
 * @param submission empty while only facts of other topics have come
 * @param attempt the number of the current attempt, 0 before the first was queued or started
 * @param claims those open on the current attempt, oldest first; in a terminal job the one that ended it, if any. There
 *        is more than one only while workers race for a partition: at most one of them wins the commit and runs.
 * @param abandonedClaims claims on the current attempt that never ran, so that a late copy of their start changes
 *        nothing
 * @param cancelRequestedAt when the first request to cancel was made; empty again once the job is terminal
 * @param outcome empty until the job is terminal
 */
public record Job(JobId id, JobState state, Optional<Submission> submission, int attempt, List<Claim> claims,
        List<ClaimId> abandonedClaims, Optional<Instant> cancelRequestedAt, Optional<Outcome> outcome) {

    public Job {
        claims = List.copyOf(claims);
        abandonedClaims = List.copyOf(abandonedClaims);
    }

    /** How a job ended: with a result if it completed, with an error if it failed or was rejected. */
    public record Outcome(Instant finishedAt, Optional<Json> result, Optional<JobError> error) {}

    /** A job of which nothing is known yet. */
    public static Job unknown(JobId id) {
        return new Job(id, JobState.UNKNOWN, Optional.empty(), 0, List.of(), List.of(), Optional.empty(),
                Optional.empty());
    }

    /** The claim that runs the current attempt, or ran the last one, as far as can be told. */
    public Optional<Claim> currentClaim() {
        return claims.isEmpty() ? Optional.empty() : Optional.of(claims.getLast());
    }

    /** Whether it waits in its lane although somebody has asked to cancel it. */
    boolean isQueuedAndUnwanted() {
        return state == JobState.QUEUED && cancelRequestedAt.isPresent();
    }

    Optional<Claim> openClaim(ClaimId claim) {
        return state == JobState.RUNNING
                ? claims.stream().filter(open -> open.id().equals(claim)).findFirst()
                : Optional.empty();
    }
}
