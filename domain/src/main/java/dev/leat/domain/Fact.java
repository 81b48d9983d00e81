package dev.leat.domain;

import java.time.Instant;

/**
 * Something that happened to a job. A job's status is the fold of its facts ({@link JobFold}).
 *
 * <p>Each fact comes from one topic, and one topic keeps its order; facts of different topics come in any order.
 */
public sealed interface Fact {

    /** When it happened, on the clock of the one who says so. Shown to people; nothing is decided by it. */
    Instant at();

    /** A fact of one claim on one attempt. It counts only while that claim is open. */
    sealed interface FactOfClaim extends Fact {

        /** The attempt's number, from 1. */
        int attempt();

        ClaimId claim();
    }

    /** From a lane topic: an attempt of the job waits for a worker. */
    record JobQueued(int attempt, Submission submission) implements Fact {
        @Override
        public Instant at() {
            return submission.submittedAt();
        }
    }

    /** From the control topic: somebody wants the job to end without a result. */
    record CancelRequested(Instant at) implements Fact {}

    /** From a worker: it claims the command, and runs it if it also wins the commit of its offset. */
    record AttemptStarted(int attempt, ClaimId claim, WorkerId worker, CommandPosition command, Instant at)
            implements
                FactOfClaim {}

    /** From a worker; {@code sequence} counts the progress facts of the claim, from 1. */
    record AttemptProgressed(int attempt, ClaimId claim, long sequence, Progress progress, Instant at)
            implements
                FactOfClaim {}

    /** From a worker: the handler returned a result. */
    record AttemptSucceeded(int attempt, ClaimId claim, Json result, Instant at) implements FactOfClaim {}

    /** From a worker: the handler said that it failed, or threw. */
    record AttemptFailed(int attempt, ClaimId claim, JobError error, Instant at) implements FactOfClaim {}

    /** From a worker: the handler stopped because the job was cancelled. */
    record AttemptCancelled(int attempt, ClaimId claim, Instant at) implements FactOfClaim {}

    /** From a worker: it did not win the commit, and so never ran the attempt. */
    record ClaimAbandoned(int attempt, ClaimId claim, Instant at) implements FactOfClaim {}

    /** From a worker: the command can never run, such as for parameters that the job type does not take. */
    record JobRejected(JobError error, Instant at) implements Fact {}

    /** From the projector: the job was cancelled before any worker claimed it. */
    record JobCancelled(Instant at) implements Fact {}
}
