package dev.leat.plugin;

/**
 * Does the work of one job type.
 *
 * <p><b>Threads.</b> One handler object serves all jobs of its type, several at a time: it is thread-safe, most simply
 * by having no fields that change. Each call has a virtual thread of its own, so blocking is fine, and thread pools are
 * not needed. A {@code synchronized} block does not hurt.
 *
 * <p><b>Once, or again.</b> Leat starts an attempt on one worker only. A worker that dies takes its attempts with it;
 * what an attempt has already done to the outside world stays done. Write handlers so that starting over is right.
 *
 * @param <I> the input, a record
 * @param <R> the result
 */
@FunctionalInterface
public interface JobHandler<I extends Record, R> {

    /**
     * Runs one attempt of a job, from its beginning to its end.
     *
     * <p>When the job is cancelled, the calling thread is interrupted and {@link JobContext#isCancelled()} turns true.
     * Whatever exception then leaves this method counts as {@link JobOutcome#cancelled()}, so an
     * {@link InterruptedException} from a blocking call is best let through. An outcome that is returned all the same
     * counts as what it says.
     *
     * @param input the job's parameters, already checked against everything that the record's annotations say
     * @param context the job's surroundings, good until this method ends
     * @return how the attempt ended
     * @throws Exception for the unexpected: the attempt has failed, and the exception's class, message and stack are
     *     kept with the job. For what is expected to go wrong, return {@link JobOutcome#failed(String)}
     */
    JobOutcome<R> run(I input, JobContext context) throws Exception;
}
