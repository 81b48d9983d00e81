package dev.leat.plugin;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a handler knows of the job that it runs, and what it can tell about it. Leat implements it; methods may be
 * added.
 *
 * <p><b>Threads.</b> All methods may be called from any thread: a handler may hand its context to threads that it starts.
 * None blocks but {@link #enqueue}, {@link #enqueueBatch} and what changes the {@link #state()}, which wait for Kafka. What is told after the
 * handler has ended, or after the worker has lost its hold on the job, is dropped.
 */
public interface JobContext {

    /** How large a checkpoint may be, in bytes. */
    int MAX_CHECKPOINT_BYTES = 64 * 1024;

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
     * Leaves something for the job's next attempt, should there be one: how far this one has come, in the handler's own
     * form. It takes the place of what was left before. Call it as often as is convenient: what comes faster than ten a
     * second is thinned out, and the latest always goes out before the attempt's outcome. When the worker dies, the last
     * moments before that are lost, so the next attempt may have to repeat a step: write steps in such a way that this is
     * right.
     *
     * @param bytes at most {@value #MAX_CHECKPOINT_BYTES}; copied
     * @throws IllegalArgumentException if there are more
     */
    void checkpoint(byte[] bytes);

    /** As {@link #checkpoint(byte[])}, with the record's JSON in UTF-8. */
    void checkpoint(Record state);

    /**
     * What the attempts before this one have left last, a copy; empty where they have left nothing. It stays the same
     * throughout the attempt, whatever this one leaves.
     */
    Optional<byte[]> lastCheckpoint();

    /**
     * As {@link #lastCheckpoint()}, for what was left as a record.
     *
     * @param type the record's class
     * @return also empty where it is no such record, for instance because another version of the plugin has left it; then
     *     the job's log says so, and the attempt starts over
     */
    <C extends Record> Optional<C> lastCheckpoint(Class<C> type);

    /**
     * Writes a line to the job's log, for people. The log keeps the newest 500 lines of a job, of together 100,000
     * characters, over all its attempts. Lines go out a few times a second, and all of them before the attempt's outcome;
     * where they come faster than Kafka takes them, the oldest give way to a line that says how many.
     *
     * @param message cut where it is longer than 2000 characters
     * @param fields what goes with it, by name; of more than 20 the first ones in the order of their names, each name and
     *     value cut where it is longer than 200 characters
     */
    void log(LogLevel level, String message, Map<String, String> fields);

    /** Writes a line of level {@link LogLevel#INFO} without fields to the job's log. */
    default void info(String message) {
        log(LogLevel.INFO, message, Map.of());
    }

    /** Writes a line of level {@link LogLevel#WARN} without fields to the job's log. */
    default void warn(String message) {
        log(LogLevel.WARN, message, Map.of());
    }

    /** Writes a line of level {@link LogLevel#ERROR} without fields to the job's log. */
    default void error(String message) {
        log(LogLevel.ERROR, message, Map.of());
    }

    /**
     * Submits a further job. Returns when Kafka has acknowledged it; it then runs, whatever becomes of this one.
     *
     * <p>It is submitted once, however often it is asked for: the id of the new job follows from this job's id and the
     * request's key, so what an attempt asks for again that repeats the work of another is the same job, and what counts
     * is the first request. (Until the new job is forgotten, when its retention is over.)
     *
     * <p>Nobody checks here whether any worker has that job type or takes those params. A job that no worker can run is
     * shown as rejected.
     *
     * @return the id of the job
     * @throws IllegalArgumentException if the params cannot be written as JSON or are too large for one record
     * @throws NotAcknowledgedException if Kafka does not acknowledge it in time; the job may be submitted all the same
     * @throws InterruptedException if the thread is interrupted while it waits, for instance because the attempt is to
     *     stop; the job may be submitted all the same
     */
    UUID enqueue(JobRequest request) throws InterruptedException;

    /**
     * Submits a batch. Returns when Kafka has acknowledged it; an instance of the API then checks and opens it, within
     * moments of its own, and it runs, whatever becomes of this job.
     *
     * <p>It is submitted once, as {@link #enqueue} says; keys of jobs and of batches do not mix. A batch that cannot be
     * run, for instance as an operation's params are wrong, is shown as rejected, and none of its operations runs.
     *
     * @return the id of the batch
     * @throws IllegalArgumentException if it has no operations, or the params cannot be written as JSON or are too large
     *     for one record, which takes some thousand operations
     * @throws NotAcknowledgedException if Kafka does not acknowledge it in time; it may be submitted all the same
     * @throws InterruptedException as {@link #enqueue}; it may be submitted all the same
     */
    UUID enqueueBatch(BatchRequest request) throws InterruptedException;

    /**
     * The jobs that this attempt has waited for, by {@link JobOutcome#waitFor} of the one before, in no order; empty for an
     * attempt that begins for any other reason, such as the one after that.
     */
    List<EndedJob> ended();

    /** What the plugin shares among the workers that host it. */
    PluginState state();

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
