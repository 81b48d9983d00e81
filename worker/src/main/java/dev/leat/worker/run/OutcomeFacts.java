package dev.leat.worker.run;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import dev.leat.domain.Fact;
import dev.leat.domain.JobError;
import dev.leat.domain.Json;
import dev.leat.plugin.JobOutcome;

/**
 * Puts what a handler did into a fact of its attempt. Pure; every text that comes from a handler is cut to a length.
 *
 * @param maxResultBytes how long a result may be in UTF-8
 */
record OutcomeFacts(long maxResultBytes) {

    static final String HANDLER_FAILED = "handler-failed";
    static final String HANDLER_THREW = "handler-threw";
    static final String RESULT_TOO_LARGE = "result-too-large";
    static final String WORKER_STOPPED = "worker-stopped";

    private static final int MAX_MESSAGE = 2_000;

    /** Why a handler was asked to stop, if it was. */
    enum StopReason {
        NONE, CANCELLED, WORKER_STOPS
    }

    /** The fact of a handler that returned. What it says counts, also where it was asked to stop. */
    Fact ended(ClaimedAttempt attempt, JobOutcome<Json> outcome, StopReason stop, Instant at) {
        return switch (outcome) {
            case JobOutcome.Succeeded<Json>(Json result) -> succeeded(attempt, result, at);
            case JobOutcome.Failed<Json>(String reason) ->
                failed(attempt, JobError.of(HANDLER_FAILED, cut(reason)), at);
            case JobOutcome.Cancelled<Json> _ -> switch (stop) {
                case CANCELLED -> cancelled(attempt, at);
                case WORKER_STOPS -> workerStopped(attempt, at);
                case NONE -> failed(attempt, JobError.of(HANDLER_FAILED,
                        "Expected the handler to run to its end, but it said that it was cancelled, and nobody had"
                                + " cancelled it"),
                        at);
            };
        };
    }

    /** The fact of a handler that threw. Whatever it throws after a cancellation is its way to stop. */
    Fact threw(ClaimedAttempt attempt, Throwable thrown, StopReason stop, Instant at) {
        return switch (stop) {
            case CANCELLED -> cancelled(attempt, at);
            case WORKER_STOPS -> workerStopped(attempt, at);
            case NONE -> failed(attempt, new JobError(HANDLER_THREW, cut(ThrownText.line(thrown)),
                    ThrownText.stack(thrown)), at);
        };
    }

    Fact cancelled(ClaimedAttempt attempt, Instant at) {
        return new Fact.AttemptCancelled(attempt.number(), attempt.claim(), at);
    }

    Fact workerStopped(ClaimedAttempt attempt, Instant at) {
        return failed(attempt, JobError.of(WORKER_STOPPED,
                "Expected the attempt to end before its worker did, but the worker was stopped and the time to finish"
                        + " ran out"),
                at);
    }

    private Fact succeeded(ClaimedAttempt attempt, Json result, Instant at) {
        // No text has fewer bytes than characters, so a huge one is not encoded just to be refused.
        String json = result.value();
        long bytes = json.length() > maxResultBytes
                ? json.length()
                : json.getBytes(StandardCharsets.UTF_8).length;
        return bytes > maxResultBytes
                ? failed(attempt, JobError.of(RESULT_TOO_LARGE,
                        "Expected a result of at most %d bytes, but it has %d or more".formatted(maxResultBytes,
                                bytes)),
                        at)
                : new Fact.AttemptSucceeded(attempt.number(), attempt.claim(), result, at);
    }

    private static Fact failed(ClaimedAttempt attempt, JobError error, Instant at) {
        return new Fact.AttemptFailed(attempt.number(), attempt.claim(), error, at);
    }

    private static String cut(String text) {
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE - 1) + "…";
    }
}
