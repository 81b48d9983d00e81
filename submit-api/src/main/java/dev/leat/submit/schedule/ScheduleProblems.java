package dev.leat.submit.schedule;

import java.time.Duration;
import java.util.Optional;

import dev.leat.domain.schedule.ScheduleId;
import dev.leat.runtime.http.Problem;
import dev.leat.runtime.http.ProblemException;

/** Problems of schedules. {@code src/main/openapi} documents each of them with an example. */
public final class ScheduleProblems {

    private static final Duration RETRY = Duration.ofSeconds(2);

    private ScheduleProblems() {}

    /** One is to be made under the id of another. */
    static ProblemException exists(ScheduleId id) {
        return new ProblemException(about(Problem.of("schedule-exists", "There is such a schedule", 409)
                .withDetail("Expected no schedule " + id + ", but there is one. Nothing was changed."), id));
    }

    static ProblemException notFound(ScheduleId id) {
        return new ProblemException(Problem.of("schedule-not-found", "There is no such schedule", 404)
                .withDetail("There is no schedule " + id + "."));
    }

    /** Somebody else was first. */
    static ProblemException changed(ScheduleId id) {
        return new ProblemException(about(Problem.of("schedule-changed", "Somebody else has changed the schedule", 409)
                .withDetail("Expected nobody else to change schedule " + id
                        + " at the same time, but somebody did, and was first. Nothing was changed by this request."),
                id));
    }

    /** The schedule is not the version that the client has seen. */
    static ProblemException otherVersion(ScheduleId id, String wanted, Optional<Long> actual) {
        return new ProblemException(
                about(Problem.of("precondition-failed", "The schedule is not in the version that was named", 412)
                        .withDetail(
                                "Expected schedule " + id + " in the version that If-Match names, " + wanted + ", but "
                                        + actual.map(version -> "it is in version " + version).orElse("there is none")
                                        + ". Nothing was changed."),
                        id));
    }

    /** The change is in the log, and no projector has said in time whether it counts. */
    static ProblemException undecided(ScheduleId id) {
        return new ProblemException(
                about(Problem.of("schedule-undecided", "Nobody knows yet whether the change counts", 503)
                        .withDetail("Expected a status projector to read the change of schedule " + id
                                + ", but none did in time. Look at the schedule before you send the same again.")
                        .with("outcome", "unknown"), id),
                RETRY);
    }

    /** Kafka did not take or not acknowledge the record. */
    static ProblemException brokerUnavailable(ScheduleId id, boolean mayBeThere) {
        Problem problem = Problem.of("broker-unavailable", "Kafka does not answer", 503)
                .withDetail(mayBeThere
                        ? "Expected Kafka to acknowledge the change of schedule " + id + ", but it did not answer in"
                                + " time. Whether it got through is unknown: look at the schedule before you send the"
                                + " same again."
                        : "Expected Kafka to take the change of schedule " + id
                                + ", but it does not answer. Nothing was done.")
                .with("outcome", mayBeThere ? "unknown" : "not-done");
        return new ProblemException(about(problem, id), RETRY);
    }

    private static Problem about(Problem problem, ScheduleId id) {
        return problem.with("scheduleId", id.value()).with("schedule", "/api/v1/schedules/" + id);
    }
}
