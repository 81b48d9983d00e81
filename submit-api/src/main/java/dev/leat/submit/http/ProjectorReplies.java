package dev.leat.submit.http;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.runtime.http.Problem;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.status.JobStatus;
import dev.leat.submit.status.ProjectorAnswer;
import dev.leat.submit.status.ProjectorJson;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** Hands on what projectors say: what was found byte for byte, problems with this API's paths. Thread-safe. */
@Singleton
final class ProjectorReplies {

    /** Seconds after which it makes sense to ask for an unfinished job again. */
    static final String RETRY_AFTER = "1";

    private static final Json NOT_FINISHED = new Json("\"urn:leat:problem:job-not-finished\"");

    private final ObjectMapper json;
    private final ProjectorJson answers;

    ProjectorReplies(ObjectMapper json, ProjectorJson answers) {
        this.json = json;
        this.answers = answers;
    }

    /** A job; while it has not ended, with the time after which to ask again. */
    MutableHttpResponse<?> job(ProjectorAnswer answer) {
        if (!answer.isFound()) {
            return problem(answer);
        }
        MutableHttpResponse<?> response = found(answer);
        return isOpen(state(answer))
                ? response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
                : response;
    }

    /**
     * The job that the same request has submitted before.
     *
     * @throws dev.leat.runtime.http.ProblemException where it has just been forgotten, so that the request can come again
     */
    MutableHttpResponse<?> repeated(JobId first, ProjectorAnswer answer) {
        if (!answer.isFound()) {
            throw ApiProblems.statusUnavailable(Duration.ofSeconds(1));
        }
        MutableHttpResponse<?> response = found(answer).header(HttpHeaders.LOCATION, ApiPaths.JOBS + "/" + first)
                .header("Idempotent-Replayed", "true");
        return isOpen(state(answer)) ? response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER) : response;
    }

    /** A job that was found after it had been submitted: 202 until it has ended. */
    MutableHttpResponse<?> submitted(ProjectorAnswer answer) {
        return state(answer).filter(JobState::isTerminal).isPresent()
                ? found(answer)
                : found(answer).status(HttpStatus.ACCEPTED).header(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
    }

    /** The result of a job; while there is none yet, with the time after which to ask again. */
    MutableHttpResponse<?> result(ProjectorAnswer answer) {
        if (answer.isFound()) {
            return found(answer);
        }
        return NOT_FINISHED.equals(members(answer).get("type"))
                ? problem(answer).header(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
                : problem(answer);
    }

    /** Anything else. */
    HttpResponse<?> other(ProjectorAnswer answer) {
        return answer.isFound() ? found(answer) : problem(answer);
    }

    /**
     * A batch that was found, with some of its jobs that run.
     *
     * @param running a page of jobs; empty where nobody can say
     */
    Map<String, Json> batch(ProjectorAnswer answer, Optional<ProjectorAnswer> running) {
        Map<String, Json> view = members(answer);
        running.map(this::members)
                .map(page -> page.get("jobs"))
                .ifPresent(jobs -> view.put("current", jobs));
        return view;
    }

    /** The members of the JSON object that was found, each as it was written. */
    Map<String, Json> members(ProjectorAnswer answer) {
        return answers.members(answer);
    }

    /** The state that a job has; empty where the answer names none. */
    Optional<JobState> state(ProjectorAnswer answer) {
        return JobStatus.of(answer.body(), json);
    }

    private static boolean isOpen(Optional<JobState> state) {
        return state.isPresent() && !state.get().isTerminal();
    }

    private static MutableHttpResponse<?> found(ProjectorAnswer answer) {
        return HttpResponse.ok(answer.body()).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private MutableHttpResponse<?> problem(ProjectorAnswer answer) {
        return HttpResponse.status(answer.status(), "").body(answers.problem(answer)).contentType(Problem.CONTENT_TYPE);
    }
}
