package dev.leat.domain;

import java.util.Optional;

/**
 * How a job ended that another one has waited for.
 *
 * @param state terminal; empty where nobody knows of the job: it was never submitted, or has been forgotten
 * @param result of a completed job; left out where it is longer than {@value #MAX_DETAIL} characters
 */
public record AwaitedJob(JobId job, Optional<JobState> state, Optional<Json> result, Optional<JobError> error) {

    /** How long results and messages may be, in characters; of all that an attempt has waited for, together. */
    public static final int MAX_DETAIL = 16_000;

    private static final int MAX_MESSAGE = 500;

    public AwaitedJob {
        result = result.filter(whole -> whole.value().length() <= MAX_DETAIL);
        error = error.map(whole -> JobError.of(whole.code(), whole.message()).cut(MAX_MESSAGE, 1));
    }

    /** A job that has ended. */
    public static AwaitedJob of(Job job) {
        return new AwaitedJob(job.id(), Optional.of(job.state()), job.outcome().flatMap(Job.Outcome::result),
                job.outcome().flatMap(Job.Outcome::error));
    }

    /** A job of which nobody knows. */
    public static AwaitedJob unknown(JobId job) {
        return new AwaitedJob(job, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** How long result and message are, in characters. */
    int size() {
        return result.map(whole -> whole.value().length()).orElse(0)
                + error.map(whole -> whole.message().length()).orElse(0);
    }

    AwaitedJob withoutDetail() {
        return new AwaitedJob(job, state, Optional.empty(), error.map(whole -> JobError.of(whole.code(), "")));
    }
}
