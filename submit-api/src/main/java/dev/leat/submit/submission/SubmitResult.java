package dev.leat.submit.submission;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.JobId;
import dev.leat.domain.JobView;

/** What became of a submission that was not refused. */
public sealed interface SubmitResult {

    /** There is a new job, and its command stands in the log. */
    record Accepted(JobView job, CommandPosition position) implements SubmitResult {}

    /** The same request has been made before; the job that it submitted then is in the place of a new one. */
    record Repeated(JobId first) implements SubmitResult {}
}
