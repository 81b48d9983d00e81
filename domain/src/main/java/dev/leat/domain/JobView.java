package dev.leat.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people and programs see of a job over HTTP, without its result.
 *
 * @param status {@link JobState#wireName()}
 * @param priority {@link Lane#wireName()}
 * @param params left out in lists
 * @param startedAt when the current attempt was claimed
 * @param worker the worker that claimed it
 * @param cancelRequested whether somebody has asked to cancel it and it has not ended yet
 */
public record JobView(JobId id, JobTypeName type, String plugin, String status, String priority, List<String> tags,
        Optional<Json> params, int attempt, Optional<String> worker, Optional<Progress> progress,
        Optional<JobError> error, boolean cancelRequested, Instant submittedAt, Optional<Instant> startedAt,
        Optional<Instant> finishedAt) {

    /** Shows a job; empty while its command has not been seen. */
    public static Optional<JobView> of(Job job) {
        return job.submission().map(submission -> of(job, submission));
    }

    /** The same job as a list shows it. */
    public JobView withoutParams() {
        return new JobView(id, type, plugin, status, priority, tags, Optional.empty(), attempt, worker, progress, error,
                cancelRequested, submittedAt, startedAt, finishedAt);
    }

    private static JobView of(Job job, Submission submission) {
        Optional<Claim> claim = job.currentClaim();
        return new JobView(job.id(), submission.type(), submission.type().plugin(), job.state().wireName(),
                submission.lane().wireName(), submission.tags(), Optional.of(submission.params()), job.attempt(),
                claim.map(current -> current.worker().value()), claim.flatMap(Claim::progress),
                job.outcome().flatMap(Job.Outcome::error), job.cancelRequestedAt().isPresent(),
                submission.submittedAt(), claim.map(Claim::startedAt), job.outcome().map(Job.Outcome::finishedAt));
    }
}
