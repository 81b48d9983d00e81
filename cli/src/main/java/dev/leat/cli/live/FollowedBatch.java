package dev.leat.cli.live;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.ServerSentEvent;

/** A batch as its stream of events tells it: its counts, what runs, and what has failed since. Used by one thread. */
public final class FollowedBatch {

    private static final Set<String> RUNNING = Set.of("running", "cancelling");
    private static final Set<String> BAD = Set.of("failed", "timed_out", "expired", "rejected");
    private static final Set<String> ENDS = Set.of("complete", "completed", "failed", "cancelled", "rolled_back",
            "rollback_failed");

    private final Map<Long, JsonNode> running = new TreeMap<>();
    /** By index; those that have been taken stay, so that none is told twice. */
    private final Map<Long, JsonNode> failures = new TreeMap<>();
    private final Set<Long> taken = new HashSet<>();
    private JsonNode batch = ApiClient.JSON.createObjectNode();
    private Instant countedAt = Instant.EPOCH;
    private boolean ended;

    /**
     * Takes what happened.
     *
     * @param now on this machine's clock, for the age of the estimate
     */
    public void accept(ServerSentEvent event, Instant now) {
        JsonNode data = read(event);
        if (event.name().equals("operation")) {
            operation(data);
        } else if (event.name().equals("state") || event.name().equals("progress") || ENDS.contains(event.name())) {
            batch = data;
            countedAt = now;
            ended = data.has("finishedAt") || ENDS.contains(event.name());
            data.path("failures").forEach(failure -> failures.putIfAbsent(failure.path("index").asLong(), failure));
        }
        if (event.name().equals("state")) {
            running.clear();
            data.path("current").forEach(job -> running.put(job.at("/batch/index").asLong(), job));
        }
    }

    private void operation(JsonNode operation) {
        String state = operation.path("state").asText();
        long index = operation.path("index").asLong();
        if (RUNNING.contains(state)) {
            running.put(index, operation);
        } else {
            running.remove(index);
        }
        if (BAD.contains(state)) {
            failures.put(index, operation);
        }
    }

    private static JsonNode read(ServerSentEvent event) {
        try {
            return ApiClient.JSON.readTree(event.data());
        } catch (JacksonException noJson) {
            return ApiClient.JSON.createObjectNode();
        }
    }

    /** Whether the last event of the batch has come. */
    public boolean hasEnded() {
        return ended;
    }

    /** The batch as the API showed it last. */
    public JsonNode batch() {
        return batch;
    }

    public String status() {
        return batch.path("status").asText();
    }

    /** How many operations have ended or will never run. */
    public long done() {
        JsonNode states = batch.path("states");
        return batch.path("total").asLong() - states.path("waiting").asLong() - states.path("released").asLong();
    }

    /** What runs now, by index. */
    public List<JsonNode> running() {
        return List.copyOf(running.values());
    }

    /** The operations that have failed and have not been taken before. */
    List<JsonNode> takeNewFailures() {
        return failures.entrySet().stream().filter(failure -> taken.add(failure.getKey())).map(Map.Entry::getValue)
                .toList();
    }

    /** When the counts came. */
    Instant countedAt() {
        return countedAt;
    }
}
