package dev.leat.submit.submission;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobView;
import dev.leat.domain.Json;
import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.status.JobReads;
import dev.leat.submit.status.JobReads.Moment;
import dev.leat.submit.status.JobStatus;
import dev.leat.submit.status.ProjectorAnswer;
import dev.leat.submit.status.ProjectorJson;

/** Looks at a job and asks for it to be cancelled. Thread-safe; callers block. */
public final class JobCancellation {

    private static final Json TRUE = new Json("true");

    private final JobReads jobs;
    private final JobCanceller canceller;
    private final ProjectorJson answers;
    private final ObjectMapper json;

    /** What came of it. */
    public sealed interface Outcome {

        /**
         * The cancellation is asked for.
         *
         * @param job as it is then, by its members
         * @param position where the request stands; empty where there has been one before
         */
        record Requested(Map<String, Json> job, Optional<CommandPosition> position) implements Outcome {}

        /** The projector does not know the job; its answer says so. */
        record NotFound(ProjectorAnswer answer) implements Outcome {}
    }

    /** @param json the JSON of Leat */
    public JobCancellation(JobReads jobs, JobCanceller canceller, ProjectorJson answers, ObjectMapper json) {
        this.jobs = jobs;
        this.canceller = canceller;
        this.answers = answers;
        this.json = json;
    }

    /**
     * Cancels a job that has not ended.
     *
     * @param position where a record stands that must have been seen of it
     * @throws ProblemException where the job has ended, or Kafka, the registry or the projectors are away
     */
    public Outcome cancel(JobId job, Moment position) {
        ProjectorAnswer answer = jobs.job(job, position);
        if (!answer.isFound()) {
            return new Outcome.NotFound(answer);
        }
        Map<String, Json> view = answers.members(answer);
        JobState state = JobStatus.of(answer.body(), json).orElse(JobState.UNKNOWN);
        boolean requested = TRUE.equals(view.put("cancelRequested", TRUE));
        if (state == JobState.RUNNING) {
            view.put("status", new Json("\"" + JobView.CANCELLING + "\""));
        }
        return new Outcome.Requested(view, canceller.cancel(job, state, requested));
    }
}
