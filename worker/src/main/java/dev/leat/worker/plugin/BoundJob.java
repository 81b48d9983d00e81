package dev.leat.worker.plugin;

import dev.leat.domain.Json;
import dev.leat.plugin.AttemptFailure;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobOutcome;

/** A job whose params are right, ready to run. Each object is for one attempt. */
@FunctionalInterface
public interface BoundJob {

    /**
     * Runs the handler on the calling thread, to its end.
     *
     * @return what the handler said, the result as JSON
     * @throws Exception what the handler threw; an {@link IllegalStateException} where it broke its own contract, by
     *     giving null or a result that cannot be written
     */
    JobOutcome<Json> run(JobContext context) throws Exception;

    /**
     * Tells the handler on the calling thread that the attempt has failed.
     *
     * @throws Exception what the handler threw
     */
    default void onError(AttemptFailure failure, JobContext context) throws Exception {}
}
