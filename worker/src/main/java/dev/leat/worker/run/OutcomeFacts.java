package dev.leat.worker.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.leat.domain.Fact;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.Json;
import dev.leat.plugin.JobOutcome;

/**
 * Puts what became of an attempt into a fact. The fact carries the verdict on a retry, for nobody else has the policy at
 * hand. Pure; every text that comes from a handler is cut to a length.
 *
 * @param maxResultBytes how long a result may be in UTF-8
 */
record OutcomeFacts(long maxResultBytes) {

    static final String HANDLER_FAILED = "handler-failed";
    static final String HANDLER_THREW = "handler-threw";
    static final String RESULT_TOO_LARGE = "result-too-large";
    static final String TIMED_OUT = "timed-out";
    static final String DEADLINE_PASSED = "deadline-passed";
    static final String LEASE_DOUBTED = "lease-doubted";
    static final String WORKER_STOPPED = "worker-stopped";

    private static final int MAX_MESSAGE = 2_000;

    /**
     * The fact of a handler that returned. What it says counts, also where it was told to stop; unless its claim is
     * closed, for then nobody listens.
     */
    Optional<Fact> ended(ClaimedAttempt attempt, JobOutcome<Json> outcome, Optional<StopReason> stop, Instant at) {
        if (stop.filter(reason -> reason == StopReason.CLAIM_CLOSED).isPresent()) {
            return Optional.empty();
        }
        return switch (outcome) {
            case JobOutcome.Succeeded<Json>(Json result) -> Optional.of(succeeded(attempt, result, at));
            case JobOutcome.Failed<Json>(String reason, JobOutcome.Retry retry) -> Optional.of(
                    failed(attempt, JobError.of(HANDLER_FAILED, cut(reason)), retryIn(attempt, retry), at));
            case JobOutcome.Snoozed<Json>(Duration delay) ->
                Optional.of(new Fact.AttemptSnoozed(attempt.number(), attempt.claim(), delay, at));
            case JobOutcome.Waiting<Json>(Set<UUID> jobs) -> Optional.of(waiting(attempt, jobs, at));
            case JobOutcome.Cancelled<Json> _ -> stop.isPresent()
                    ? stopped(attempt, stop.get(), "", at)
                    : Optional.of(failed(attempt, JobError.of(HANDLER_FAILED,
                            "Expected the handler to run to its end, but it said that it was cancelled, and nobody had"
                                    + " cancelled it"),
                            attempt.rules().retry(), at));
        };
    }

    /** The fact of a handler that threw. Whatever it throws after it was told to stop is its way to do so. */
    Optional<Fact> threw(ClaimedAttempt attempt, Throwable thrown, Optional<StopReason> stop, Instant at) {
        String stack = ThrownText.stack(thrown);
        return stop.isPresent()
                ? stopped(attempt, stop.get(), stack, at)
                : Optional.of(failed(attempt, new JobError(HANDLER_THREW, cut(ThrownText.line(thrown)), stack),
                        attempt.rules().retry(), at));
    }

    /**
     * The fact of an attempt that was stopped, be it by its handler, before it began, or without its handler.
     *
     * @param stack where its handler was, if that is known
     * @return empty where nobody listens any more
     */
    Optional<Fact> stopped(ClaimedAttempt attempt, StopReason reason, String stack, Instant at) {
        return Optional.ofNullable(switch (reason) {
            case CANCELLED -> new Fact.AttemptCancelled(attempt.number(), attempt.claim(), at);
            case TIMEOUT -> new Fact.AttemptTimedOut(attempt.number(), attempt.claim(), new JobError(TIMED_OUT,
                    "Expected the attempt to end within " + attempt.rules().timeout() + ", but it did not", stack),
                    attempt.rules().retry(), at);
            case DEADLINE -> new Fact.AttemptTimedOut(attempt.number(), attempt.claim(), new JobError(DEADLINE_PASSED,
                    "Expected the job to end before its deadline, but it did not", stack), Optional.empty(), at);
            case EXPIRED -> new Fact.ClaimAbandoned(attempt.number(), attempt.claim(), at);
            case LEASE_DOUBTED -> released(attempt, JobError.of(LEASE_DOUBTED,
                    "Expected Kafka to acknowledge the worker's heartbeats, but it did not for most of the lease, so the"
                            + " worker handed the job back"),
                    at);
            case WORKER_STOPS -> released(attempt, JobError.of(WORKER_STOPPED,
                    "Expected the attempt to end before its worker did, but the worker was stopped and the time to finish"
                            + " ran out, so it handed the job back"),
                    at);
            case CLAIM_CLOSED -> null;
        });
    }

    private static Fact waiting(ClaimedAttempt attempt, Set<UUID> jobs, Instant at) {
        return jobs.contains(attempt.job().value())
                ? failed(attempt, JobError.of(HANDLER_FAILED,
                        "Expected the job to wait for others, but it would wait for itself"), Optional.empty(), at)
                : new Fact.AttemptWaiting(attempt.number(), attempt.claim(),
                        jobs.stream().map(JobId::new).sorted().toList(), at);
    }

    private static Fact released(ClaimedAttempt attempt, JobError why, Instant at) {
        return new Fact.AttemptReleased(attempt.number(), attempt.claim(), why, at);
    }

    private static Optional<Duration> retryIn(ClaimedAttempt attempt, JobOutcome.Retry retry) {
        return switch (retry) {
            case JobOutcome.Retry.ByPolicy _ -> attempt.rules().retry();
            case JobOutcome.Retry.After(Duration delay) -> attempt.rules().retry().map(_ -> delay);
            case JobOutcome.Retry.Never _ -> Optional.empty();
        };
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
                        Optional.empty(), at)
                : new Fact.AttemptSucceeded(attempt.number(), attempt.claim(), result, at);
    }

    private static Fact failed(ClaimedAttempt attempt, JobError error, Optional<Duration> retryIn, Instant at) {
        return new Fact.AttemptFailed(attempt.number(), attempt.claim(), error, retryIn, at);
    }

    private static String cut(String text) {
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE - 1) + "…";
    }
}
