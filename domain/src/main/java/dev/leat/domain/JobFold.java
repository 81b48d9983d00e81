package dev.leat.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a job from its facts, one after the other.
 *
 * <p>Invariants, each held by a property test:
 * <ul>
 * <li>any interleaving that keeps each topic's own order gives the same job;
 * <li>a fact that has counted changes nothing when it comes again, then or later;
 * <li>nothing changes the state or the outcome of a terminal job; only a submission that comes late is filled in.
 * </ul>
 * Pure and thread-safe.
 */
public final class JobFold {

    private JobFold() {}

    /** The job after the fact; the same instance where the fact changes nothing. */
    public static Job apply(Job job, Fact fact) {
        return switch (fact) {
            case Fact.JobQueued queued -> queue(job, queued);
            case Fact.CancelRequested requested -> requestCancel(job, requested);
            default -> TransitionTable.next(job, fact).map(to -> move(job, fact, to)).orElse(job);
        };
    }

    private static Job queue(Job job, Fact.JobQueued fact) {
        JobState state = TransitionTable.next(job, fact).orElse(job.state());
        Submission submission = job.submission().map(known -> known.preferredOver(fact.submission()))
                .orElse(fact.submission());
        Job queued = new Job(job.id(), state, Optional.of(submission), Math.max(job.attempt(), fact.attempt()),
                job.claims(), job.abandonedClaims(), job.cancelRequestedAt(), job.outcome());
        return queued.equals(job) ? job : queued;
    }

    private static Job requestCancel(Job job, Fact.CancelRequested fact) {
        if (job.state().isTerminal() || job.cancelRequestedAt().isPresent()) {
            return job;
        }
        return new Job(job.id(), job.state(), job.submission(), job.attempt(), job.claims(), job.abandonedClaims(),
                Optional.of(fact.at()), job.outcome());
    }

    private static Job move(Job job, Fact fact, JobState to) {
        return switch (fact) {
            case Fact.AttemptStarted started -> with(job, to, started.attempt(),
                    Stream.concat(job.claims().stream(), Stream.of(Claim.of(started))).toList(), job.abandonedClaims());
            case Fact.AttemptProgressed progressed -> with(job, to, job.attempt(),
                    job.claims()
                            .stream()
                            .map(claim -> claim.id().equals(progressed.claim()) ? claim.progressed(progressed) : claim)
                            .toList(),
                    job.abandonedClaims());
            case Fact.ClaimAbandoned abandoned -> with(job, to, job.attempt(),
                    job.claims().stream().filter(claim -> !claim.id().equals(abandoned.claim())).toList(),
                    Stream.concat(job.abandonedClaims().stream(), Stream.of(abandoned.claim())).toList());
            case Fact.AttemptSucceeded succeeded ->
                endByClaim(job, succeeded, to, Optional.of(succeeded.result()), Optional.empty());
            case Fact.AttemptFailed failed ->
                endByClaim(job, failed, to, Optional.empty(), Optional.of(failed.error()));
            case Fact.AttemptCancelled cancelled -> endByClaim(job, cancelled, to, Optional.empty(), Optional.empty());
            case Fact.JobRejected rejected -> end(job, to, List.of(), rejected.at(), Optional.empty(),
                    Optional.of(rejected.error()));
            case Fact.JobCancelled cancelled ->
                end(job, to, List.of(), cancelled.at(), Optional.empty(), Optional.empty());
            case Fact.JobQueued _,Fact.CancelRequested _ ->
                throw new IllegalStateException("Expected a fact of the events topic, but got " + fact);
        };
    }

    private static Job with(Job job, JobState state, int attempt, List<Claim> claims, List<ClaimId> abandoned) {
        return new Job(job.id(), state, job.submission(), Math.max(attempt, job.attempt()), claims, abandoned,
                job.cancelRequestedAt(), job.outcome());
    }

    private static Job endByClaim(Job job, Fact.FactOfClaim fact, JobState state, Optional<Json> result,
            Optional<JobError> error) {
        List<Claim> ender = job.claims().stream().filter(claim -> claim.id().equals(fact.claim())).toList();
        return end(job, state, ender, fact.at(), result, error);
    }

    /** What only mattered while the job was open is dropped, so that it cannot differ between interleavings. */
    private static Job end(Job job, JobState state, List<Claim> ender, Instant at, Optional<Json> result,
            Optional<JobError> error) {
        return new Job(job.id(), state, job.submission(), job.attempt(), ender, List.of(), Optional.empty(),
                Optional.of(new Job.Outcome(at, result, error)));
    }
}
