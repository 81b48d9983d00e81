package dev.leat.plugin.test;

import dev.leat.domain.Json;
import dev.leat.plugin.JobRequest;
import java.util.UUID;

/**
 * A further job that a handler has asked for.
 *
 * @param id follows from the parent's id and the request's key
 * @param params as they are submitted
 */
record EnqueuedJob(UUID id, JobRequest request, Json params) {

    String key() {
        return request.key();
    }

    /** Whether it asks for the same as the other one; keys do not matter. */
    boolean asksForTheSameAs(EnqueuedJob other) {
        return request.type().equals(other.request.type()) && params.equals(other.params)
                && request.lane() == other.request.lane() && request.earliest().equals(other.request.earliest());
    }
}
