package dev.leat.cli.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.Query;

/**
 * What a server says about all of Leat at a moment.
 *
 * @param running jobs, newest first
 * @param endedPerSecond how many jobs have ended in a second, since the moment before; empty at the first one
 */
public record TopData(Instant at, JsonNode stats, List<JsonNode> running, List<JsonNode> workers,
        List<JsonNode> plugins,
        Optional<Double> endedPerSecond) {

    private static final int MOST = 200;
    private static final List<String> ENDED = List.of("completed", "failed", "timed_out", "cancelled", "expired",
            "rejected");

    /**
     * Asks for it.
     *
     * @param before the moment before, if there was one
     */
    public static TopData read(ApiClient api, Optional<TopData> before, Instant now) throws InterruptedException {
        JsonNode stats = api.get(Query.of("stats"));
        JsonNode jobs = api.get(Query.of("jobs").with("status", "running").with("limit", MOST));
        return new TopData(now, stats, list(jobs.path("jobs")),
                list(api.get(Query.of("workers")).path("workers")), list(api.get(Query.of("plugins")).path("plugins")),
                before.flatMap(then -> rate(then, stats, now)));
    }

    private static List<JsonNode> list(JsonNode array) {
        return array.valueStream().toList();
    }

    /** Jobs that are forgotten lower the counts; then nothing is said. */
    private static Optional<Double> rate(TopData then, JsonNode stats, Instant now) {
        double seconds = Duration.between(then.at, now).toMillis() / 1000.0;
        long more = ended(stats) - ended(then.stats);
        return seconds > 0 && more >= 0 ? Optional.of(more / seconds) : Optional.empty();
    }

    private static long ended(JsonNode stats) {
        return ENDED.stream().mapToLong(state -> stats.path("jobs").path(state).asLong()).sum();
    }
}
