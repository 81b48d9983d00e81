package dev.leat.submit.live;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.Claim;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.domain.LogLine;
import dev.leat.domain.PastAttempt;
import dev.leat.domain.live.Happening;
import dev.leat.domain.live.Slim;

/** The names and data of events, as the OpenAPI document has them. Thread-safe. */
final class EventData {

    private final ObjectMapper json;
    private final String jobsPath;

    /** A line as the log of a job shows it. */
    private record Line(Instant at, String level, int attempt, String message, Map<String, String> fields) {

        static Line of(LogLine line, int attempt) {
            return new Line(line.at(), line.level().wireName(), attempt, line.message(), line.fields());
        }
    }

    /** @param jobsPath where jobs are, for links to results that are too long for an event */
    EventData(ObjectMapper json, String jobsPath) {
        this.json = json;
        this.jobsPath = jobsPath;
    }

    /** The name of the event that tells of this. */
    static String name(JobHappening happening) {
        return switch (happening.kind()) {
            case CREATED, STATUS -> "status";
            case PROGRESS -> "progress";
            case LOG -> "log";
            case END -> end(happening.happening().job().state());
        };
    }

    /** The name of the event that tells that a job has ended so. */
    static String end(JobState state) {
        return state == JobState.COMPLETED ? "complete" : state.wireName();
    }

    /** The data of the event that tells of this. */
    String data(JobHappening happening) {
        Job job = happening.happening().job();
        return switch (happening.happening().fact()) {
            case Fact.AttemptProgressed progressed when happening.kind() == Happening.Kind.PROGRESS ->
                progress(job, progressed);
            case Fact.AttemptLogged logged -> log(job, logged);
            default -> happening.kind() == Happening.Kind.END ? end(job) : status(happening);
        };
    }

    private String status(JobHappening happening) {
        Job job = happening.happening().job();
        Map<String, Object> data = job(job, happening.status());
        data.put("at", happening.happening().fact().at());
        happening.worker().ifPresent(worker -> data.put("worker", worker));
        if (job.state() == JobState.RETRYING) {
            // The wait after a lost lease was said when the attempt began, which who comes back later does not see.
            job.attempts()
                    .retryAt()
                    .filter(_ -> !(happening.happening().fact() instanceof Fact.LeaseExpired))
                    .ifPresent(at -> data.put("retryAt", at));
            Optional.of(job.attempts().awaited())
                    .filter(awaited -> !awaited.isEmpty())
                    .ifPresent(awaited -> data.put("waitingFor", awaited));
            last(job).flatMap(PastAttempt::error).ifPresent(error -> data.put("error", error));
        }
        return text(data);
    }

    private static Optional<PastAttempt> last(Job job) {
        List<PastAttempt> past = job.attempts().past();
        return past.isEmpty() ? Optional.empty() : Optional.of(past.getLast());
    }

    private String progress(Job job, Fact.AttemptProgressed progressed) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("jobId", job.id());
        job.submission().ifPresent(submission -> data.put("type", submission.type()));
        data.put("attempt", progressed.attempt());
        data.put("at", progressed.at());
        data.put("progress", progressed.progress());
        return text(data);
    }

    private String log(Job job, Fact.AttemptLogged logged) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("jobId", job.id());
        data.put("attempt", logged.attempt());
        data.put("lines", logged.lines().stream().map(line -> Line.of(line, logged.attempt())).toList());
        return text(data);
    }

    /** How a job ended. */
    String end(Job job) {
        Map<String, Object> data = job(job, job.state().wireName());
        job.outcome().ifPresent(outcome -> data.put("at", outcome.finishedAt()));
        job.currentClaim().map(Claim::worker).ifPresent(worker -> data.put("worker", worker));
        Optional<JobError> error = job.outcome().flatMap(Job.Outcome::error);
        error.ifPresent(present -> data.put("error", present));
        if (job.state() == JobState.COMPLETED) {
            Optional<Json> result = job.outcome()
                    .flatMap(Job.Outcome::result)
                    .filter(whole -> whole.value().length() <= Slim.MAX_RESULT);
            result.ifPresentOrElse(whole -> data.put("result", whole),
                    () -> data.put("resultUrl", jobsPath + "/" + job.id() + "/result"));
        }
        return text(data);
    }

    /** What happened to an operation of a batch. */
    String operation(JobHappening happening) {
        Job job = happening.happening().job();
        Map<String, Object> data = new LinkedHashMap<>();
        happening.submission().origin().ifPresent(origin -> data.put("index", origin.index()));
        data.put("jobId", job.id());
        data.put("type", happening.submission().type());
        data.put("state", happening.status());
        data.put("attempt", job.attempt());
        data.put("at", happening.happening().fact().at());
        if (happening.happening().fact() instanceof Fact.AttemptProgressed progressed) {
            data.put("progress", progressed.progress());
        }
        job.outcome().flatMap(Job.Outcome::error).ifPresent(error -> data.put("error", error));
        return text(data);
    }

    private static Map<String, Object> job(Job job, String status) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("jobId", job.id());
        job.submission().ifPresent(submission -> data.put("type", submission.type()));
        data.put("state", status);
        data.put("attempt", job.attempt());
        return data;
    }

    /** JSON on one line. */
    String text(Object data) {
        try {
            return json.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Expected data that can be written as JSON, but got " + data.getClass(), e);
        }
    }
}
