package dev.leat.projector.query;

import java.time.Duration;

import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.batch.BatchId;
import dev.leat.runtime.http.Problem;
import dev.leat.runtime.http.ProblemException;

/** What can stand in the place of an answer. */
final class QueryProblems {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private QueryProblems() {}

    static ProblemException inTransition(String what) {
        return unavailable("Expected to have " + what + " at hand, but it is on its way to or from another projector.");
    }

    static ProblemException unavailable(String detail) {
        return new ProblemException(
                Problem.of("status-unavailable", "The status of jobs is not available right now", 503)
                        .withDetail(detail),
                RETRY_AFTER);
    }

    static ProblemException jobNotFound(JobId id) {
        return new ProblemException(
                Problem.of("job-not-found", "There is no such job", 404).withDetail("There is no job " + id + "."));
    }

    static ProblemException scheduleNotFound(ScheduleId id) {
        return new ProblemException(Problem.of("schedule-not-found", "There is no such schedule", 404)
                .withDetail("There is no schedule " + id + "."));
    }

    static ProblemException batchNotFound(BatchId id) {
        return new ProblemException(Problem.of("batch-not-found", "There is no such batch", 404)
                .withDetail("There is no batch " + id + "."));
    }

    static ProblemException notFinished(Job job) {
        return new ProblemException(Problem.of("job-not-finished", "The job has not ended yet", 409)
                .withDetail("Expected job " + job.id() + " to have ended, but it is " + job.state().wireName() + ".")
                .with("jobStatus", job.state().wireName()));
    }

    static ProblemException noResult(Job job) {
        Problem problem = Problem.of("job-has-no-result", "The job ended without a result", 409)
                .withDetail("Expected job " + job.id() + " to be completed, but it is " + job.state().wireName() + ".")
                .with("jobStatus", job.state().wireName());
        return new ProblemException(job.outcome()
                .flatMap(Job.Outcome::error)
                .map(error -> problem.with("error", error))
                .orElse(problem));
    }

    static ProblemException badParameter(String parameter, String detail) {
        return new ProblemException(Problem.of("invalid-parameter", "A parameter of the request is invalid", 400)
                .withDetail(detail)
                .with("parameter", parameter));
    }
}
