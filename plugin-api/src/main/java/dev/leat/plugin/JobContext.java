package dev.leat.plugin;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.UUID;

/**
 * What a handler knows of the job that it runs, and what it can tell about it. Leat implements it; methods may be
 * added.
 *
 * <p><b>Threads.</b> All methods may be called from any thread and none blocks: a handler may hand its context to
 * threads that it starts. Progress that is reported after the handler has ended is dropped.
 */
public interface JobContext {

    /** The job's id, the same in all its attempts; a key for whatever must happen once per job. */
    UUID jobId();

    /**
     * Which attempt of the job this is; the first is 1. The number goes up with every new attempt, also after one that
     * spent no try.
     */
    int attempt();

    /**
     * Tells how far the job is. Call it as often as is convenient: what comes faster than ten a second is thinned out,
     * and the latest report always arrives.
     *
     * @param percent 0 to 100; it may also go down
     * @param message what is being done, for people; may be empty, and is cut where it is longer than 500 characters
     * @throws IllegalArgumentException if the percentage is out of its range
     */
    void progress(int percent, String message);

    /**
     * Tells how far the job is, as a part of a whole; the percentage is rounded down.
     *
     * @param done how much is done, 0 to {@code total}
     * @param total how much there is to do; where that is 0, all of it is done
     * @param message as in {@link #progress(int, String)}
     * @throws IllegalArgumentException if {@code done} is out of its range or {@code total} negative
     */
    default void progress(long done, long total, String message) {
        if (done < 0 || done > total) {
            throw new IllegalArgumentException(
                    "Expected progress from 0 to a total of %d, but got %d".formatted(total, done));
        }
        // Exact, for floating point would round the last step before a huge total up to 100.
        int percent = total == 0
                ? 100
                : BigInteger.valueOf(done).multiply(BigInteger.valueOf(100)).divide(BigInteger.valueOf(total))
                        .intValue();
        progress(percent, message);
    }

    /**
     * Whether the attempt is to stop: somebody has cancelled the job, its timeout or its deadline has passed, the worker
     * stops, or it is no longer sure that the job is its own. Once true it stays true. Cheap enough for an inner loop.
     */
    boolean isCancelled();

    /**
     * Stops here if the attempt is to stop.
     *
     * @throws JobCancelledException if {@link #isCancelled()}
     */
    default void throwIfCancelled() {
        if (isCancelled()) {
            throw new JobCancelledException(
                    "Attempt %d of job %s was told to stop".formatted(attempt(), jobId()));
        }
    }

    /** The time, as a handler should ask for it: tests can set this clock. */
    InstantSource clock();
}
