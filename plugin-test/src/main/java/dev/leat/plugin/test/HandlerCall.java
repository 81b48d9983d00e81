package dev.leat.plugin.test;

import dev.leat.domain.Json;
import dev.leat.plugin.AttemptFailure;
import dev.leat.plugin.JobOutcome;
import dev.leat.worker.plugin.BoundJob;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A call of a handler, and of its {@code onError} where it fails and nobody had told it to stop.
 *
 * @param returned done with what the handler returns, as soon as it does
 */
record HandlerCall(BoundJob job, JobTerms terms, AttemptRecorder context, AttemptStop stop,
        CompletableFuture<JobOutcome<?>> returned) {

    private static final int MAX_REASON = 2_000;
    private static final String WAITS_FOR_ITSELF = "Expected the job to wait for others, but it would wait for itself";
    private static final String CANCELLED_BY_NOBODY = "Expected the handler to run to its end, but it said that it was cancelled, and nobody had cancelled it";

    /** Makes the call, on the calling thread. */
    TestedAttempt.Ending make() {
        Optional<JobOutcome<Json>> outcome = Optional.empty();
        Optional<Throwable> thrown = Optional.empty();
        stop.enter();
        try {
            outcome = Optional.of(job.run(context));
        } catch (Throwable e) { // Also errors: a worker survives them, too.
            thrown = Optional.of(e);
        }
        // What an attempt without an outcome counts as; FAILED where nobody has told it to stop.
        AttemptEnd stopped = stop.reason().getNow(AttemptEnd.FAILED);
        AttemptEnd end = outcome.map(said -> end(said, stopped)).orElse(stopped);
        Optional<TestedAttempt.ToldFailure> told = end == AttemptEnd.FAILED && stopped == AttemptEnd.FAILED
                ? Optional.of(tell(failure(outcome, thrown)))
                : Optional.empty();
        boolean leftInterrupted = stop.leave();
        return new TestedAttempt.Ending(end,
                returned.isDone() ? Optional.of(returned.join()) : Optional.empty(),
                outcome.flatMap(HandlerCall::result),
                thrown, told, leftInterrupted);
    }

    private static Optional<Json> result(JobOutcome<Json> outcome) {
        return outcome instanceof JobOutcome.Succeeded<Json>(Json result) ? Optional.of(result) : Optional.empty();
    }

    /** What a handler says counts, also where it was told to stop. */
    private AttemptEnd end(JobOutcome<Json> outcome, AttemptEnd stopped) {
        return switch (outcome) {
            case JobOutcome.Succeeded<Json> _ -> AttemptEnd.SUCCEEDED;
            case JobOutcome.Failed<Json> _ -> AttemptEnd.FAILED;
            case JobOutcome.Snoozed<Json> _ -> AttemptEnd.SNOOZED;
            case JobOutcome.Waiting<Json>(Set<UUID> jobs) ->
                jobs.contains(terms.id()) ? AttemptEnd.FAILED : AttemptEnd.WAITING;
            case JobOutcome.Cancelled<Json> _ -> stopped;
        };
    }

    private AttemptFailure failure(Optional<JobOutcome<Json>> outcome, Optional<Throwable> thrown) {
        if (outcome.isPresent()
                && outcome.get() instanceof JobOutcome.Failed<Json>(String reason, JobOutcome.Retry retry)) {
            return new AttemptFailure(cut(reason), thrown,
                    terms.hasTryLeft() && !(retry instanceof JobOutcome.Retry.Never));
        }
        if (outcome.isPresent() && outcome.get() instanceof JobOutcome.Waiting<Json>) {
            return new AttemptFailure(WAITS_FOR_ITSELF, Optional.empty(), false);
        }
        return new AttemptFailure(cut(thrown.map(Throwable::toString).orElse(CANCELLED_BY_NOBODY)), thrown,
                terms.hasTryLeft());
    }

    private static String cut(String reason) {
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON - 1) + "…";
    }

    private TestedAttempt.ToldFailure tell(AttemptFailure failure) {
        try {
            job.onError(failure, context);
            return new TestedAttempt.ToldFailure(failure, Optional.empty());
        } catch (Throwable e) { // As above; the attempt has failed already.
            return new TestedAttempt.ToldFailure(failure, Optional.of(e));
        }
    }
}
