package dev.leat.plugin;

/**
 * Does the work of one job type.
 *
 * <p><b>Threads.</b> One handler object serves all jobs of its type, several at a time: it is thread-safe, most simply
 * by having no fields that change. Each call has a virtual thread of its own, so blocking is fine, and thread pools are
 * not needed. A {@code synchronized} block does not hurt.
 *
 * <p><b>Once, or again.</b> A job's attempts follow each other, and a job that has ended does not run again. But until it
 * has ended, what an attempt does may be done again by the next one, so write handlers in such a way that starting over is
 * right ({@link JobContext#jobId()} is the same in all attempts, a key for whatever must happen once):
 *
 * <ul>
 *   <li>An attempt that fails, throws or takes longer than its timeout is followed by another one, as long as the job has
 *       tries left ({@link JobType.Draft#maxAttempts}).
 *   <li>A worker that dies takes its attempts with it, and what they have done to the outside world stays done. Others
 *       notice when its lease runs out, after seconds; that spends a try, too.
 *   <li>A worker that cannot reach Kafka for most of its lease cannot know whether others take it for dead. It stops its
 *       attempts and hands the jobs back, which spends no try. One that ignores this may, for once, run beside its
 *       successor; what it returns then does not count.
 *   <li>A worker that is shut down lets attempts finish for a while, then stops them and hands the jobs back. That spends
 *       no try either.
 * </ul>
 *
 * <p><b>Stopping.</b> When an attempt is to stop, for whichever reason, its thread is interrupted and {@link
 * JobContext#isCancelled()} turns true. A handler that does not end within the worker's grace time (10 s by default) is
 * not waited for: the job goes on without it, perhaps with its next attempt, and what the handler returns later does not
 * count. It keeps its slot until it ends; a worker that has lost all of its slots in this way has to be restarted.
 *
 * @param <I> the input, a record
 * @param <R> the result
 */
@FunctionalInterface
public interface JobHandler<I extends Record, R> {

    /**
     * Runs one attempt of a job, from its beginning to its end.
     *
     * <p>When the attempt is to stop, the calling thread is interrupted and {@link JobContext#isCancelled()} turns true.
     * Whatever exception then leaves this method counts as {@link JobOutcome#cancelled()}, so an
     * {@link InterruptedException} from a blocking call is best let through. An outcome that is returned all the same
     * counts as what it says.
     *
     * @param input the job's parameters, already checked against everything that the record's annotations say
     * @param context the job's surroundings, good until this method ends
     * @return how the attempt ended
     * @throws Exception for the unexpected: the attempt has failed, is followed by another one where a try is left, and
     *     the exception's class, message and stack are kept with the job, cut to a length. For what is expected to go
     *     wrong, return {@link JobOutcome#failed(String)} or one of its relatives
     */
    JobOutcome<R> run(I input, JobContext context) throws Exception;

    /**
     * Called when an attempt has failed: it threw, said so, or gave a result that cannot be kept. On the same thread as
     * {@link #run}, before the failure is told, within the same timeout, and with the same context; what it logs is kept
     * with the job. What it throws is logged by the worker and changes nothing.
     *
     * <p>It is for telling others, not for tidying up: it is not called where the attempt was told to stop (cancelled,
     * timed out, worker stops), and cannot be where the worker has died. What must be tidied up belongs into a {@code
     * finally} of {@link #run} and, for the last case, into the beginning of the next attempt.
     *
     * @param input what {@link #run} got
     * @param failure what went wrong, and whether the job is tried again
     * @param context what {@link #run} got
     * @throws Exception if that fails; it changes nothing
     */
    default void onError(I input, AttemptFailure failure, JobContext context) throws Exception {}
}
