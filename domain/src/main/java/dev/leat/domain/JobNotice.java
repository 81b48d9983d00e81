package dev.leat.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * Tells whoever submitted a job how it ended.
 *
 * @param state terminal
 * @param result left out where it is longer than {@value #MAX_RESULT} characters
 * @param startedAt when its last attempt was claimed; empty where no attempt was, or none is known
 */
public record JobNotice(Origin origin, JobId job, JobTypeName type, JobState state, Optional<Json> result,
        Optional<JobError> error, Optional<Instant> startedAt, Instant finishedAt) {

    /** The longest result that is told, in characters. */
    public static final int MAX_RESULT = 32_000;

    private static final int MAX_MESSAGE = 500;

    public JobNotice {
        result = result.filter(whole -> whole.value().length() <= MAX_RESULT);
        error = error.map(whole -> JobError.of(whole.code(), whole.message()).cut(MAX_MESSAGE, 1));
    }

    /** The notice about a job that has ended; empty where nobody is to be told. */
    public static Optional<JobNotice> of(Job job) {
        return job.submission()
                .flatMap(submission -> submission.origin()
                        .filter(Origin::isTold)
                        .map(origin -> of(job, submission, origin)));
    }

    private static JobNotice of(Job job, Submission submission, Origin origin) {
        Job.Outcome outcome = job.outcome()
                .orElseThrow(() -> new IllegalArgumentException("Expected a job that has ended, but got " + job));
        return new JobNotice(origin, job.id(), submission.type(), job.state(), outcome.result(), outcome.error(),
                job.currentClaim().map(Claim::startedAt), outcome.finishedAt());
    }
}
