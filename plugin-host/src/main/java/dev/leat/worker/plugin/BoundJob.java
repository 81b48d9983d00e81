package dev.leat.worker.plugin;

import dev.leat.domain.Json;
import dev.leat.plugin.AttemptFailure;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobOutcome;

/**
 * A job whose params are right, ready to run. Each object is for one attempt.
 *
 * <p>Its plugin may be replaced or removed meanwhile. Between {@link #hold} and {@link #release} the one that it was
 * bound by is neither stopped nor unloaded.
 */
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

    /** How what the plugin leaves for itself is written and read. Work that is no plugin's leaves nothing. */
    default RecordJson json() {
        return new RecordJson(PluginJson.TREES);
    }

    /** Keeps its plugin until {@link #release}. For whoever claims the job, while the plugin is surely there. */
    default void hold() {}

    /** Ends the hold, once, when the handler has ended or the claim was not won. Does not block. */
    default void release() {}
}
