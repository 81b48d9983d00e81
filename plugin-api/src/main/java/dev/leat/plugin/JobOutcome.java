package dev.leat.plugin;

/**
 * How an attempt ended, as its handler says it. Handlers make outcomes with the factory methods; kinds may be added, so
 * code that takes outcomes apart should have a default branch.
 *
 * @param <R> the result
 */
public sealed interface JobOutcome<R> {

    /**
     * The job is done.
     *
     * @param result what it gives, written as JSON for those who ask for the job's result: a record as an object, text
     *     as a string and so on, times in ISO 8601, an empty {@link java.util.Optional} left out
     */
    record Succeeded<R>(R result) implements JobOutcome<R> {}

    /**
     * The job cannot be done, for a reason that the handler understands: a file that is not there, a service that says
     * no. No stack trace is kept.
     *
     * @param reason what people read about it: what was expected, and what came
     */
    record Failed<R>(String reason) implements JobOutcome<R> {
        public Failed {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("Expected a reason why the job failed, but got a blank text");
            }
        }
    }

    /** The handler noticed the cancellation and stopped. Without a cancellation, this counts as a failure. */
    record Cancelled<R>() implements JobOutcome<R> {}

    /** The job is done and gives this result. */
    static <R> JobOutcome<R> succeeded(R result) {
        return new Succeeded<>(result);
    }

    /** The job is done, and there is nothing to tell. */
    static JobOutcome<NoResult> succeeded() {
        return new Succeeded<>(new NoResult());
    }

    /**
     * The job cannot be done.
     *
     * @param reason what people read about it, not blank
     */
    static <R> JobOutcome<R> failed(String reason) {
        return new Failed<>(reason);
    }

    /** The handler stopped because the job was cancelled. */
    static <R> JobOutcome<R> cancelled() {
        return new Cancelled<>();
    }
}
