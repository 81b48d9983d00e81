package dev.leat.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.PastAttempt.Ending;

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

    private static final String LEASE_EXPIRED = "lease-expired";

    private JobFold() {}

    /** The job after the fact; the same instance where the fact changes nothing. */
    public static Job apply(Job job, Fact fact) {
        return switch (fact) {
            case Fact.JobScheduled scheduled -> schedule(job, scheduled);
            case Fact.JobQueued queued -> queue(job, queued);
            case Fact.EndRequested requested -> requestEnd(job, requested);
            case Fact.JobAdmitted _ -> admit(job);
            case Fact.JobWatched watched -> withWaits(job, job.waits().watchedBy(watched.watcher()));
            case Fact.AwaitedEnded ended -> withWaits(job, job.waits().told(ended));
            default -> TransitionTable.next(job, fact)
                    .map(to -> move(job, fact, to))
                    .filter(moved -> !moved.equals(job))
                    .orElse(job);
        };
    }

    /** The command of the pending topic is the submitter's own, so it goes before what lanes say. */
    private static Job schedule(Job job, Fact.JobScheduled fact) {
        return job.intake().scheduled()
                ? job
                : new Job(job.id(), TransitionTable.next(job, fact).orElse(job.state()),
                        Optional.of(fact.submission()), job.intake().schedule(), job.attempts(), job.endRequests(),
                        job.waits(), job.outcome());
    }

    private static Job queue(Job job, Fact.JobQueued fact) {
        Submission submission = job.submission()
                .map(known -> job.intake().scheduled() ? known : known.preferredOver(fact.submission()))
                .orElse(fact.submission());
        Job queued = new Job(job.id(), TransitionTable.next(job, fact).orElse(job.state()), Optional.of(submission),
                job.intake().queue(fact.attempt()), job.attempts(), job.endRequests(), job.waits(), job.outcome());
        return queued.equals(job) ? job : queued;
    }

    private static Job requestEnd(Job job, Fact.EndRequested fact) {
        if (job.state().isTerminal() || job.endRequests().containsKey(fact.reason())) {
            return job;
        }
        Map<EndReason, Instant> requests = new EnumMap<>(EndReason.class);
        requests.putAll(job.endRequests());
        requests.put(fact.reason(), fact.at());
        return new Job(job.id(), job.state(), job.submission(), job.intake(), job.attempts(), requests,
                job.waits(), job.outcome());
    }

    private static Job admit(Job job) {
        return job.state().isTerminal() || job.intake().admitted()
                ? job
                : new Job(job.id(), job.state(), job.submission(), job.intake().admit(), job.attempts(),
                        job.endRequests(), job.waits(), job.outcome());
    }

    /** Who waits for a job that has ended is answered, and not noted. */
    private static Job withWaits(Job job, Waits waits) {
        return job.state().isTerminal() || waits.equals(job.waits())
                ? job
                : new Job(job.id(), job.state(), job.submission(), job.intake(), job.attempts(), job.endRequests(),
                        waits, job.outcome());
    }

    private static Job move(Job job, Fact fact, JobState to) {
        Attempts attempts = job.attempts();
        return switch (fact) {
            case Fact.AttemptStarted started -> with(job, to, attempts.start(started));
            case Fact.AttemptProgressed progressed ->
                with(job, to, attempts.change(progressed.claim(), claim -> claim.progressed(progressed)));
            case Fact.AttemptCheckpointed checkpointed -> with(job, to, attempts.checkpoint(checkpointed));
            case Fact.ClaimAbandoned abandoned -> with(job, to, attempts.close(abandoned.claim()));
            case Fact.ClaimDoubted doubted -> with(job, to, attempts.change(doubted.claim(), Claim::doubt));
            case Fact.LeaseExpired expired -> expire(job, expired, to);
            case Fact.AttemptSucceeded succeeded -> end(job, to,
                    attempts.last(past(job, succeeded, Ending.SUCCEEDED, Optional.empty()), true, succeeded.claim()),
                    new Job.Outcome(fact.at(), Optional.of(succeeded.result()), Optional.empty(), Optional.empty()));
            case Fact.AttemptCancelled cancelled -> end(job, to,
                    attempts.last(past(job, cancelled, Ending.CANCELLED, Optional.empty()), true, cancelled.claim()),
                    outcome(fact.at(), Optional.empty()));
            case Fact.AttemptFailed failed ->
                endAttempt(job, failed, to, Ending.FAILED, Optional.of(failed.error()));
            case Fact.AttemptTimedOut late ->
                endAttempt(job, late, to, Ending.TIMED_OUT, Optional.of(late.error()));
            case Fact.AttemptSnoozed snoozed -> endAttempt(job, snoozed, to, Ending.SNOOZED, Optional.empty());
            case Fact.AttemptWaiting waiting ->
                with(job, to, attempts.await(past(job, waiting, Ending.WAITED, Optional.empty()), waiting.jobs()));
            case Fact.AttemptReleased released ->
                endAttempt(job, released, to, Ending.RELEASED, Optional.of(released.why()));
            case Fact.JobRejected rejected -> end(job, to, attempts.none(), new Job.Outcome(rejected.at(),
                    Optional.empty(), Optional.of(rejected.error()), rejected.inFavourOf()));
            case Fact.JobCancelled _,Fact.JobExpired _,Fact.JobTimedOut _ ->
                end(job, to, attempts.none(), outcome(fact.at(), Optional.empty()));
            case Fact.JobScheduled _,Fact.JobQueued _,Fact.EndRequested _,Fact.JobAdmitted _,Fact.AttemptLogged _,Fact.JobWatched _,Fact.AwaitedEnded _ ->
                throw new IllegalStateException("Expected a fact that moves by the table, but got " + fact);
        };
    }

    private static Job endAttempt(Job job, Fact.EndOfAttempt fact, JobState to, Ending ending,
            Optional<JobError> error) {
        boolean spends = ending == Ending.FAILED || ending == Ending.TIMED_OUT;
        PastAttempt over = past(job, fact, ending, error);
        return to.isTerminal()
                ? end(job, to, job.attempts().last(over, spends, fact.claim()), outcome(fact.at(), error))
                : with(job, to, job.attempts().next(over, spends, fact.retryIn().orElse(Duration.ZERO)));
    }

    private static Job expire(Job job, Fact.LeaseExpired fact, JobState to) {
        Claim lost = job.attempts().open(fact.claim()).orElseThrow();
        Optional<JobError> error = Optional.of(JobError.of(LEASE_EXPIRED, "Expected worker " + lost.worker()
                + " to say that it lives, but its lease ran out while it ran the attempt"));
        PastAttempt over = past(job, fact, Ending.LEASE_EXPIRED, error);
        return to.isTerminal()
                ? end(job, to, job.attempts().last(over, true, fact.claim()), outcome(fact.at(), error))
                : with(job, to, job.attempts().next(over, true, lost.retryIfLost().orElse(Duration.ZERO)));
    }

    private static PastAttempt past(Job job, Fact.FactOfClaim fact, Ending ending, Optional<JobError> error) {
        Claim claim = job.attempts().open(fact.claim()).orElseThrow();
        return new PastAttempt(job.attempt(), claim.worker(), claim.startedAt(), fact.at(), ending, error);
    }

    private static Job.Outcome outcome(Instant at, Optional<JobError> error) {
        return new Job.Outcome(at, Optional.empty(), error, Optional.empty());
    }

    private static Job with(Job job, JobState state, Attempts attempts) {
        return new Job(job.id(), state, job.submission(), job.intake(), attempts, job.endRequests(), job.waits(),
                job.outcome());
    }

    /** What only mattered while the job was open is dropped, so that it cannot differ between interleavings. */
    private static Job end(Job job, JobState state, Attempts attempts, Job.Outcome outcome) {
        return new Job(job.id(), state, job.submission(), job.intake(), attempts, Map.of(), Waits.NONE,
                Optional.of(outcome));
    }
}
