package dev.leat.submit.socket;

import dev.leat.domain.JobId;
import dev.leat.submit.submission.SubmitJob;

/** What a client asks for. Each one is answered under its request id, which the client chooses. */
sealed interface ClientMessage {

    String requestId();

    /** Submit a job, as {@code POST /api/v1/jobs} does. */
    record CreateJob(String requestId, SubmitJob job) implements ClientMessage {}

    /** Ask for a job to be cancelled. */
    record CancelJob(String requestId, JobId job) implements ClientMessage {}

    /** Have all completed jobs forgotten. */
    record ClearCompleted(String requestId) implements ClientMessage {}

    /** Begin anew, with the state of the queue. */
    record GetState(String requestId) implements ClientMessage {}

    /** Ask whether anybody is there. */
    record Ping(String requestId) implements ClientMessage {}
}
