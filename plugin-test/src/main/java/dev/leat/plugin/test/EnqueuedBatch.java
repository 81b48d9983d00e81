package dev.leat.plugin.test;

import dev.leat.plugin.BatchRequest;
import java.util.UUID;

/**
 * A batch that a handler has asked for.
 *
 * @param id follows from the parent's id and the request's key
 */
record EnqueuedBatch(UUID id, BatchRequest request) {

    String key() {
        return request.key();
    }
}
