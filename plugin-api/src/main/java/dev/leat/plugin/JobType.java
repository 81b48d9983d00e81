package dev.leat.plugin;

import java.time.Duration;
import java.util.Optional;

/**
 * One kind of job: its name, what goes in, what comes out, and who does it. Made in a chain of calls:
 *
 * <pre>{@code
 * JobType.named("prime", PrimeInput.class, PrimeResult.class)
 *     .describedAs("Finds the prime numbers up to a limit.")
 *     .inLane(DefaultLane.LOW)
 *     .maxAttempts(5)
 *     .timeout(Duration.ofMinutes(10))
 *     .handledBy(new PrimeHandler())
 * }</pre>
 *
 * @param <I> the input, a record whose components and annotations say what a submission may contain (see the
 *     {@linkplain dev.leat.plugin package documentation})
 * @param <R> the result, written as JSON
 */
public final class JobType<I extends Record, R> {

    private final Draft<I, R> draft;
    private final JobHandler<I, R> handler;

    private JobType(Draft<I, R> draft, JobHandler<I, R> handler) {
        this.draft = draft;
        this.handler = handler;
    }

    /**
     * Begins a job type.
     *
     * @param name the second half of {@code plugin:type}, of the form that {@link Identifier} describes, unique in the
     *     plugin
     * @param input the input record, public or not; {@link NoInput} where there are no parameters
     * @param result the class of the result
     * @throws IllegalArgumentException if the name has not the form of an {@link Identifier}
     */
    public static <I extends Record, R> Draft<I, R> named(String name, Class<I> input, Class<R> result) {
        return new Draft<>(Identifier.require("a job type name", name), "", DefaultLane.NORMAL,
                JobPolicy.DEFAULT, input, result, Optional.empty());
    }

    /** Begins a job type whose jobs have no result; as {@link #named(String, Class, Class)} otherwise. */
    public static <I extends Record> Draft<I, NoResult> named(String name, Class<I> input) {
        return named(name, input, NoResult.class);
    }

    /** The name, without the plugin's id. */
    public String name() {
        return draft.name;
    }

    /** What jobs of this type do, for people; may be empty. */
    public String description() {
        return draft.description;
    }

    /** Where a job goes whose submission names no priority. */
    public DefaultLane lane() {
        return draft.lane;
    }

    /** How its jobs are tried and kept, where a submission says nothing else. */
    public JobPolicy policy() {
        return draft.policy;
    }

    /** The job type of the same plugin whose jobs take back completed ones of this; empty where nothing does. */
    public Optional<String> compensation() {
        return draft.compensation;
    }

    /** The class of the input. */
    public Class<I> input() {
        return draft.input;
    }

    /** The class of the result. */
    public Class<R> result() {
        return draft.result;
    }

    /** Who does the work; one object for all jobs of this type. */
    public JobHandler<I, R> handler() {
        return handler;
    }

    @Override
    public String toString() {
        return "JobType[" + draft.name + "]";
    }

    /**
     * A job type that still lacks its handler. Immutable: each call gives another draft.
     *
     * @param <I> the input
     * @param <R> the result
     */
    public static final class Draft<I extends Record, R> {

        private final String name;
        private final String description;
        private final DefaultLane lane;
        private final JobPolicy policy;
        private final Class<I> input;
        private final Class<R> result;
        private final Optional<String> compensation;

        private Draft(String name, String description, DefaultLane lane, JobPolicy policy, Class<I> input,
                Class<R> result, Optional<String> compensation) {
            this.name = name;
            this.description = description;
            this.lane = lane;
            this.policy = policy;
            this.input = input;
            this.result = result;
            this.compensation = compensation;
        }

        /** Says what jobs of this type do, in a sentence or two for the people who submit them. Default: nothing. */
        public Draft<I, R> describedAs(String description) {
            return new Draft<>(name, description, lane, policy, input, result, compensation);
        }

        /**
         * Says which job type of the same plugin takes back what a completed job of this one has done. Where a batch is
         * rolled back, a job of that type is submitted for each completed one of this type, the last one first and one
         * after the other. Its input needs one component, {@code operation}, a record of what it takes back:
         * {@code jobId}, {@code type}, {@code params} and, where there is one of at most 32,000 characters,
         * {@code result}. Default: nothing does.
         *
         * @param type the name within the plugin
         * @throws IllegalArgumentException if the name has not the form of an {@link Identifier}
         */
        public Draft<I, R> compensatedBy(String type) {
            return new Draft<>(name, description, lane, policy, input, result,
                    Optional.of(Identifier.require("a job type name", type)));
        }

        /** Says where a job goes whose submission names no priority. Default: {@link DefaultLane#NORMAL}. */
        public Draft<I, R> inLane(DefaultLane lane) {
            return new Draft<>(name, description, lane, policy, input, result, compensation);
        }

        /**
         * Says how many attempts may fail, time out or be lost with their worker before the job has failed. Attempts
         * that were snoozed, or handed back by a worker that stops, do not count. Default: 3.
         *
         * @param attempts 1 to {@value JobPolicy#MOST_ATTEMPTS}; 1 means that nothing is tried again
         * @throws IllegalArgumentException if the number is out of its range
         */
        public Draft<I, R> maxAttempts(int attempts) {
            return with(new JobPolicy(attempts, policy.backoff(), policy.timeout(), policy.retention()));
        }

        /** Says how long a job waits from one attempt to the next. Default: {@link Backoff#DEFAULT}. */
        public Draft<I, R> backoff(Backoff backoff) {
            return with(new JobPolicy(policy.maxAttempts(), backoff, policy.timeout(), policy.retention()));
        }

        /**
         * Says that a job waits for the same time each time.
         *
         * @param wait from 0 to 30 days
         * @throws IllegalArgumentException if it is out of its range
         */
        public Draft<I, R> constantBackoff(Duration wait) {
            return backoff(Backoff.constant(wait));
        }

        /**
         * Says how long one attempt may run. Then its thread is interrupted, and if the handler does not end in the
         * worker's grace time, the attempt is over without it. Default: 30 minutes.
         *
         * @param timeout from 1 ms to 30 days
         * @throws IllegalArgumentException if it is out of its range
         */
        public Draft<I, R> timeout(Duration timeout) {
            return with(new JobPolicy(policy.maxAttempts(), policy.backoff(), timeout, policy.retention()));
        }

        /**
         * Says how long a job is kept, with its result, when it has ended. Default: 24 hours.
         *
         * @param retention from 0 to 3650 days
         * @throws IllegalArgumentException if it is out of its range
         */
        public Draft<I, R> retention(Duration retention) {
            return with(new JobPolicy(policy.maxAttempts(), policy.backoff(), policy.timeout(), retention));
        }

        private Draft<I, R> with(JobPolicy changed) {
            return new Draft<>(name, description, lane, changed, input, result, compensation);
        }

        /** Completes the job type. */
        public JobType<I, R> handledBy(JobHandler<I, R> handler) {
            return new JobType<>(this, handler);
        }
    }
}
