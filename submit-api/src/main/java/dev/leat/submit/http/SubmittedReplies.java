package dev.leat.submit.http;

import java.util.Optional;

import dev.leat.domain.JobId;
import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.status.JobReads;
import dev.leat.submit.status.JobReads.Moment;
import dev.leat.submit.status.ProjectorAnswer;
import dev.leat.submit.submission.SubmitResult;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** Says what became of a submission, at once or when the job has ended. Thread-safe; callers block. */
@Singleton
final class SubmittedReplies {

    private final JobReads jobs;
    private final ProjectorReplies replies;

    SubmittedReplies(JobReads jobs, ProjectorReplies replies) {
        this.jobs = jobs;
        this.replies = replies;
    }

    /** The job of the submission after the wait. A wait never makes a submission fail: the job is in the log. */
    MutableHttpResponse<?> reply(SubmitResult result, Wait wait) {
        return wait.applied(switch (result) {
            case SubmitResult.Accepted accepted -> awaited(accepted, wait).map(replies::submitted)
                    .orElseGet(() -> HttpResponse.accepted()
                            .header(HttpHeaders.RETRY_AFTER, ProjectorReplies.RETRY_AFTER)
                            .body(accepted.job()))
                    .header(HttpHeaders.LOCATION, ApiPaths.JOBS + "/" + accepted.job().id())
                    .header(RequestParameters.POSITION_HEADER, accepted.position().toString());
            case SubmitResult.Repeated(JobId first) ->
                replies.repeated(first, jobs.job(first, new Moment(Optional.empty(), wait.duration())));
        });
    }

    /** The job after the wait; empty where there is none to make, or no projector says anything. */
    private Optional<ProjectorAnswer> awaited(SubmitResult.Accepted accepted, Wait wait) {
        if (wait.duration().isZero()) {
            return Optional.empty();
        }
        try {
            Moment moment = new Moment(Optional.of(accepted.position()), wait.duration());
            return Optional.of(jobs.job(accepted.job().id(), moment)).filter(ProjectorAnswer::isFound);
        } catch (ProblemException unavailable) {
            return Optional.empty();
        }
    }
}
