package dev.leat.plugin;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * How an attempt ended, as its handler says it. Handlers make outcomes with the factory methods; kinds may be added, so
 * code that takes outcomes apart should have a default branch.
 *
 * <table>
 * <caption>What becomes of the job</caption>
 * <tr><th>outcome</th><th>a try is spent</th><th>the job</th></tr>
 * <tr><td>{@link #succeeded(Object) succeeded}</td><td></td><td>has completed</td></tr>
 * <tr><td>{@link #failed(String) failed}</td><td>yes</td><td>is tried again after its backoff, or has failed where no
 *     try is left</td></tr>
 * <tr><td>{@link #retryAfter retryAfter}</td><td>yes</td><td>is tried again after that time, or has failed where no try
 *     is left</td></tr>
 * <tr><td>{@link #notRetryable notRetryable}</td><td>yes</td><td>has failed</td></tr>
 * <tr><td>{@link #snooze snooze}</td><td>no</td><td>is run again after that time</td></tr>
 * <tr><td>{@link #waitFor waitFor}</td><td>no</td><td>is run again when other jobs have ended</td></tr>
 * <tr><td>{@link #cancelled() cancelled}</td><td></td><td>has ended as whoever stopped it wanted</td></tr>
 * </table>
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
     * The attempt failed, for a reason that the handler understands: a file that is not there, a service that says no.
     * No stack trace is kept.
     *
     * @param reason what people read about it: what was expected, and what came; cut where it is longer than 2000
     *     characters
     * @param retry whether the job is tried again
     */
    record Failed<R>(String reason, Retry retry) implements JobOutcome<R> {
        public Failed {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("Expected a reason why the job failed, but got a blank text");
            }
        }
    }

    /** Whether and when a job is tried again whose attempt failed, if it has a try left. */
    sealed interface Retry {

        /** As the job's {@link JobPolicy} says. */
        record ByPolicy() implements Retry {}

        /** After this time, whatever the policy says about waits. */
        record After(Duration delay) implements Retry {
            public After {
                Delays.requireWait("a retry", delay);
            }
        }

        /** It is not: it would fail again. */
        record Never() implements Retry {}
    }

    /**
     * The handler wants to be called again later: what it waits for has not happened yet. That is no failure.
     *
     * @param delay from 1 ms to 30 days
     */
    record Snoozed<R>(Duration delay) implements JobOutcome<R> {
        public Snoozed {
            Delays.require("a snooze", delay, Duration.ofMillis(1),
                    (int) Delays.LONGEST_WAIT.toDays());
        }
    }

    /**
     * The handler wants to be called again when other jobs have ended.
     *
     * @param jobs 1 to {@value #MOST_JOBS} of them
     */
    record Waiting<R>(Set<UUID> jobs) implements JobOutcome<R> {

        /** How many jobs one can wait for at a time. */
        public static final int MOST_JOBS = 100;

        public Waiting {
            jobs = Set.copyOf(jobs);
            if (jobs.isEmpty() || jobs.size() > MOST_JOBS) {
                throw new IllegalArgumentException(
                        "Expected 1 to %d jobs to wait for, but got %d".formatted(MOST_JOBS, jobs.size()));
            }
        }
    }

    /** The handler noticed that it was to stop, and did. Where nobody had stopped it, this counts as a failure. */
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
     * The attempt failed; the job is tried again as its policy says, if it has a try left.
     *
     * @param reason what people read about it, not blank
     */
    static <R> JobOutcome<R> failed(String reason) {
        return new Failed<>(reason, new Retry.ByPolicy());
    }

    /**
     * The attempt failed, and so would all others: the job has failed, however many tries are left.
     *
     * @param reason what people read about it, not blank
     */
    static <R> JobOutcome<R> notRetryable(String reason) {
        return new Failed<>(reason, new Retry.Never());
    }

    /**
     * The attempt failed, and the handler knows when to try again: a service said so, for example. The job has failed
     * all the same where this was its last try.
     *
     * @param wait how long to wait for the next attempt, from 0 to 30 days
     * @param reason what people read about it, not blank
     * @throws IllegalArgumentException if the wait is out of its range
     */
    static <R> JobOutcome<R> retryAfter(Duration wait, String reason) {
        return new Failed<>(reason, new Retry.After(wait));
    }

    /**
     * Nothing failed, but it is too early: the job is run again after this time, as a new attempt from the beginning.
     * That spends none of its tries, so it can go on for ever; a deadline of the submission ends it.
     *
     * @param delay from 1 ms to 30 days
     * @throws IllegalArgumentException if the delay is out of its range
     */
    static <R> JobOutcome<R> snooze(Duration delay) {
        return new Snoozed<>(delay);
    }

    /**
     * The job cannot go on before others have ended, such as those that it has {@linkplain JobContext#enqueue enqueued}. It
     * waits without a slot and spends no try; when all have ended, however they did, it is run again at once, as a new
     * attempt from the beginning that has their ends in {@link JobContext#ended()}.
     *
     * <p>A job of which nobody knows counts as ended, after a minute. Jobs that wait for each other in a circle wait until
     * somebody cancels one of them or its deadline passes.
     *
     * @param jobs ids of 1 to {@value Waiting#MOST_JOBS} jobs, not its own
     * @throws IllegalArgumentException if there are none or too many
     */
    static <R> JobOutcome<R> waitFor(Collection<UUID> jobs) {
        return new Waiting<>(new HashSet<>(jobs));
    }

    /** The handler stopped because it was told to. */
    static <R> JobOutcome<R> cancelled() {
        return new Cancelled<>();
    }
}
