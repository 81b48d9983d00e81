package dev.leat.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened to a job. A job's status is the fold of its facts ({@link JobFold}).
 *
 * <p>Each fact comes from one topic, and one topic keeps its order; facts of different topics come in any order. So a
 * fact carries whatever its folding needs: whether there is another try after a failed attempt, the worker says that
 * failed, since it has the job's policy at hand.
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

    /** The attempt is over, the job perhaps not. */
    sealed interface EndOfAttempt extends FactOfClaim {

        /** How long after it the next attempt is due; empty where there is none. */
        Optional<Duration> retryIn();
    }

    /**
     * From a lane topic: an attempt of the job waits for a worker; {@code spent} tries have been used up before it.
     *
     * @param checkpoint what earlier attempts have left for it
     * @param awaited how those ended for which it has waited
     */
    record JobQueued(int attempt, int spent, Submission submission, Optional<Checkpoint> checkpoint,
            List<AwaitedJob> awaited)
            implements
                Fact {

        public JobQueued {
            awaited = List.copyOf(awaited);
        }

        /** An attempt that has waited for nobody. */
        public JobQueued(int attempt, int spent, Submission submission, Optional<Checkpoint> checkpoint) {
            this(attempt, spent, submission, checkpoint, List.of());
        }

        /** An attempt for which nothing has been left. */
        public JobQueued(int attempt, int spent, Submission submission) {
            this(attempt, spent, submission, Optional.empty());
        }

        /** The first attempt of a job. */
        public static JobQueued first(Submission submission) {
            return new JobQueued(1, 0, submission);
        }

        @Override
        public Instant at() {
            return submission.submittedAt();
        }
    }

    /** From the pending topic: the job waits for its time, or for the word that nobody else has its key. */
    record JobScheduled(Submission submission) implements Fact {
        @Override
        public Instant at() {
            return submission.submittedAt();
        }
    }

    /** From the control topic: the job is wanted to end without a result. */
    record EndRequested(EndReason reason, Instant at) implements Fact, Request {}

    /**
     * From a worker: it claims the command, and runs it if it also wins the commit of its offset.
     *
     * @param retryIfLost how long after the loss of this claim's lease the next attempt is due; empty where there is none
     */
    record AttemptStarted(int attempt, ClaimId claim, WorkerId worker, CommandPosition command,
            Optional<Duration> retryIfLost, Instant at)
            implements
                FactOfClaim {}

    /** From a worker; {@code sequence} counts the progress facts of the claim, from 1. */
    record AttemptProgressed(int attempt, ClaimId claim, long sequence, Progress progress, Instant at)
            implements
                FactOfClaim {}

    /** From a worker: what the next attempt is to know; {@code sequence} counts the checkpoints of the claim, from 1. */
    record AttemptCheckpointed(int attempt, ClaimId claim, long sequence, Checkpoint checkpoint, Instant at)
            implements
                FactOfClaim {}

    /**
     * From a worker: lines for the job's log. They change nothing about the job ({@link JobLog}).
     *
     * @param sequence counts these facts of the claim, from 1
     */
    record AttemptLogged(int attempt, ClaimId claim, long sequence, List<LogLine> lines, Instant at)
            implements
                FactOfClaim {

        public AttemptLogged {
            lines = List.copyOf(lines);
        }
    }

    /** From a worker: the handler returned a result. */
    record AttemptSucceeded(int attempt, ClaimId claim, Json result, Instant at) implements FactOfClaim {}

    /** From a worker: the handler said that it failed, or threw. A try is spent. */
    record AttemptFailed(int attempt, ClaimId claim, JobError error, Optional<Duration> retryIn, Instant at)
            implements
                EndOfAttempt {}

    /** From a worker: the attempt, or all of the job, took longer than it may. A try is spent. */
    record AttemptTimedOut(int attempt, ClaimId claim, JobError error, Optional<Duration> retryIn, Instant at)
            implements
                EndOfAttempt {}

    /** From a worker: the handler wants to be called again later. No try is spent. */
    record AttemptSnoozed(int attempt, ClaimId claim, Duration delay, Instant at) implements EndOfAttempt {
        @Override
        public Optional<Duration> retryIn() {
            return Optional.of(delay);
        }
    }

    /**
     * From a worker: the handler wants to be called again when these jobs have ended. No try is spent.
     *
     * @param jobs at most {@value #MOST_JOBS}, none twice
     */
    record AttemptWaiting(int attempt, ClaimId claim, List<JobId> jobs, Instant at) implements EndOfAttempt {

        /** How many jobs one can wait for at a time. */
        public static final int MOST_JOBS = 100;

        public AttemptWaiting {
            jobs = List.copyOf(jobs);
        }

        @Override
        public Optional<Duration> retryIn() {
            return Optional.of(Duration.ZERO);
        }
    }

    /** From the control topic: another job's attempt waits for the end of this one. */
    record JobWatched(Waits.Watcher watcher, Instant at) implements Fact, Request {}

    /**
     * From the control topic: a job has ended for which this one waits.
     *
     * @param attempt the attempt of this one that is queued when the wait is over
     */
    record AwaitedEnded(int attempt, AwaitedJob ended, Instant at) implements Fact, Request {}

    /** From a worker: it stops, or is no longer sure of its lease, and hands the job back. No try is spent. */
    record AttemptReleased(int attempt, ClaimId claim, JobError why, Instant at) implements EndOfAttempt {
        @Override
        public Optional<Duration> retryIn() {
            return Optional.of(Duration.ZERO);
        }
    }

    /** From a worker: the handler stopped because the job was cancelled. */
    record AttemptCancelled(int attempt, ClaimId claim, Instant at) implements FactOfClaim {}

    /** From a worker: it did not win the commit, or was not to run the job after all, and so never ran the attempt. */
    record ClaimAbandoned(int attempt, ClaimId claim, Instant at) implements FactOfClaim {}

    /**
     * From the projector: the claim's worker is silent, and it has not won the commit or perhaps not. Or from the worker: it
     * will never learn whether it has won the commit, and does not run the attempt.
     */
    record ClaimDoubted(int attempt, ClaimId claim, Instant at) implements FactOfClaim {}

    /**
     * From the projector: the claim's worker is silent, and the commit was won, by it or by another silent one. It counts
     * only while no claim is open whose worker is not known to be silent. A try is spent.
     */
    record LeaseExpired(int attempt, ClaimId claim, Instant at) implements FactOfClaim {}

    /** From the projector: nobody else has the job's key, so the job will run. */
    record JobAdmitted(Instant at) implements Fact {}

    /**
     * The job can never run: from a worker, such as for parameters that the job type does not take; from the projector,
     * where another job has its key.
     *
     * @param inFavourOf the job that is there in its place, if one is
     */
    record JobRejected(JobError error, Optional<JobId> inFavourOf, Instant at) implements Fact {}

    /** From the projector: the job was cancelled while no worker had it. */
    record JobCancelled(Instant at) implements Fact {}

    /** From the projector: no worker took the job in the time that it might wait. */
    record JobExpired(Instant at) implements Fact {}

    /** From the projector: the job's deadline passed while no worker had it. */
    record JobTimedOut(Instant at) implements Fact {}
}
