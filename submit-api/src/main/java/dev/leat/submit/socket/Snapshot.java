package dev.leat.submit.socket;

import java.util.Map;
import java.util.Optional;

import dev.leat.domain.Json;

/**
 * The queue at one moment.
 *
 * @param jobs a list of the newest, as the projectors wrote it
 * @param stats counts of jobs and workers
 */
record Snapshot(Json jobs, Map<String, Object> stats) {

    ServerMessage message(Optional<String> requestId, String position) {
        return new ServerMessage.QueueState(requestId, position, jobs, stats);
    }
}
