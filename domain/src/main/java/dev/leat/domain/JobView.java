package dev.leat.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.estimate.Estimate;

/**
 * What people and programs see of a job over HTTP, without its result.
 *
 * @param status {@link JobState#wireName()}, or {@value #CANCELLING} for a running job that somebody has cancelled
 * @param priority {@link Lane#wireName()}
 * @param params left out in lists, as are the attempts
 * @param attempt the number of the attempt that runs or is waited for; of a job that has ended, its last one
 * @param maxAttempts how many tries may be spent; empty where only the job type says
 * @param spentAttempts how many have been
 * @param attempts the last ones, oldest first, with the one that runs
 * @param nextAttemptAt about when the next one is due, while one is waited for
 * @param waitingFor the jobs that have not ended for which it waits, while it does
 * @param checkpointed whether the current attempt, or the next one, can go on from what an earlier one has left
 * @param startedAt when the current attempt was claimed
 * @param worker the worker that claimed it
 * @param cancelRequested whether somebody has asked to cancel it and it has not ended yet
 * @param duplicateOf the job in whose favour it was rejected
 * @param batch the batch that it is an operation of
 * @param retryOf the job that has ended and whose work this one does again
 * @param estimate how long its run will take, or what is left of it; empty unless it is queued or runs
 */
public record JobView(JobId id, JobTypeName type, String plugin, String status, String priority, List<String> tags,
        Optional<Json> params, int attempt, Optional<Integer> maxAttempts, int spentAttempts,
        Optional<List<AttemptView>> attempts, Optional<Instant> nextAttemptAt, Optional<List<JobId>> waitingFor,
        boolean checkpointed,
        Optional<String> worker,
        Optional<Progress> progress, Optional<JobError> error, boolean cancelRequested, Optional<String> uniqueKey,
        Optional<JobId> duplicateOf, Instant submittedAt, Optional<Instant> runAt, Optional<Instant> expiresAt,
        Optional<Instant> deadline, Optional<Instant> startedAt, Optional<Instant> finishedAt,
        Optional<BatchRef> batch, Optional<String> retryOf, Optional<Estimate> estimate) {

    /** The status of a job whose handler has been told to stop and has not. */
    public static final String CANCELLING = "cancelling";

    /**
     * A batch.
     *
     * @param index which of its operations, from 0
     */
    public record BatchRef(String id, long index) {

        static Optional<BatchRef> of(Submission submission) {
            return submission.origin()
                    .filter(origin -> origin.kind() == Origin.Kind.BATCH)
                    .map(origin -> new BatchRef(origin.id(), origin.index()));
        }
    }

    /**
     * One attempt.
     *
     * @param ending {@link PastAttempt.Ending#wireName()}; empty while it runs, as is the time of the end
     */
    public record AttemptView(int number, String worker, Instant startedAt, Optional<Instant> endedAt,
            Optional<String> ending, Optional<JobError> error) {

        static AttemptView of(PastAttempt past) {
            return new AttemptView(past.number(), past.worker().value(), past.startedAt(),
                    Optional.of(past.endedAt()), Optional.of(past.ending().wireName()), past.error());
        }

        static AttemptView running(int number, Claim claim) {
            return new AttemptView(number, claim.worker().value(), claim.startedAt(), Optional.empty(),
                    Optional.empty(), Optional.empty());
        }
    }

    /** Shows a job; empty while its command has not been seen. */
    public static Optional<JobView> of(Job job) {
        return job.submission().map(submission -> of(job, submission));
    }

    /** The same job as a list shows it. */
    public JobView withoutDetails() {
        return new JobView(id, type, plugin, status, priority, tags, Optional.empty(), attempt, maxAttempts,
                spentAttempts, Optional.empty(), nextAttemptAt, waitingFor, checkpointed, worker, progress, error,
                cancelRequested,
                uniqueKey, duplicateOf, submittedAt, runAt, expiresAt, deadline, startedAt, finishedAt, batch,
                retryOf, estimate);
    }

    /** The same job with a guess at how long it will run. */
    public JobView withEstimate(Optional<Estimate> guess) {
        return new JobView(id, type, plugin, status, priority, tags, params, attempt, maxAttempts, spentAttempts,
                attempts, nextAttemptAt, waitingFor, checkpointed, worker, progress, error, cancelRequested, uniqueKey,
                duplicateOf,
                submittedAt,
                runAt, expiresAt, deadline, startedAt, finishedAt, batch, retryOf, guess);
    }

    private static JobView of(Job job, Submission submission) {
        Optional<Claim> claim = job.state() == JobState.RUNNING || job.state().isTerminal()
                ? job.currentClaim()
                : Optional.empty();
        Terms terms = submission.terms();
        return new JobView(job.id(), submission.type(), submission.type().plugin(), status(job),
                submission.lane().wireName(), submission.tags(), Optional.of(submission.params()), job.attempt(),
                submission.policy().maxAttempts(), job.attempts().spent(), Optional.of(attempts(job)),
                job.state() == JobState.RETRYING ? job.attempts().retryAt() : Optional.empty(),
                Optional.of(job.stillAwaited()).filter(jobs -> job.state() == JobState.RETRYING && !jobs.isEmpty()),
                job.attempts().checkpoint().isPresent(),
                claim.map(current -> current.worker().value()), claim.flatMap(Claim::progress),
                job.outcome().flatMap(Job.Outcome::error), job.isCancelRequested(), terms.uniqueKey(),
                job.outcome().flatMap(Job.Outcome::inFavourOf), submission.submittedAt(), terms.runAt(),
                terms.expiresAt(), terms.deadline(), claim.map(Claim::startedAt),
                job.outcome().map(Job.Outcome::finishedAt), BatchRef.of(submission),
                retryOf(submission), Optional.empty());
    }

    private static Optional<String> retryOf(Submission submission) {
        return submission.origin().filter(origin -> origin.kind() == Origin.Kind.RETRY).map(Origin::id);
    }

    private static String status(Job job) {
        return job.state() == JobState.RUNNING && job.isCancelRequested() ? CANCELLING : job.state().wireName();
    }

    private static List<AttemptView> attempts(Job job) {
        List<AttemptView> attempts = new ArrayList<>(job.attempts().past().stream().map(AttemptView::of).toList());
        if (job.state() == JobState.RUNNING) {
            job.currentClaim().map(claim -> AttemptView.running(job.attempt(), claim)).ifPresent(attempts::add);
        }
        return attempts;
    }
}
