package dev.leat.submit.capacity;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.domain.Lane;

/**
 * How many jobs that have not ended are in each lane of each plugin, by the names of plugin, lane and state. Immutable.
 */
public record LaneDepths(Map<String, Map<String, Depth>> byPlugin) {

    /**
     * How full a lane is.
     *
     * @param scheduled how many jobs wait for their time
     * @param queued how many wait for a worker
     * @param retrying how many wait for their next attempt
     */
    public record Depth(long scheduled, long queued, long running, long retrying) {

        static final Depth NONE = new Depth(0, 0, 0, 0);

        private static Depth of(JsonNode counts) {
            return new Depth(counts.path("scheduled").asLong(), counts.path("queued").asLong(),
                    counts.path("running").asLong(), counts.path("retrying").asLong());
        }
    }

    /** Reads what projectors count. */
    static LaneDepths of(JsonNode stats) {
        Map<String, Map<String, Depth>> byPlugin = new LinkedHashMap<>();
        stats.path("byLane")
                .properties()
                .forEach(plugin -> byPlugin.put(plugin.getKey(), lanes(plugin.getValue())));
        return new LaneDepths(byPlugin);
    }

    /** The lanes of a plugin, most urgent first; empty ones where it has no jobs. */
    public Map<String, Depth> of(String plugin) {
        return byPlugin.getOrDefault(plugin, lanes(Map.of()));
    }

    private static Map<String, Depth> lanes(JsonNode lanes) {
        return lanes(lanes.properties()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, lane -> Depth.of(lane.getValue()))));
    }

    private static Map<String, Depth> lanes(Map<String, Depth> known) {
        return Arrays.stream(Lane.values())
                .map(Lane::wireName)
                .collect(Collectors.toMap(Function.identity(), lane -> known.getOrDefault(lane, Depth.NONE),
                        (one, _) -> one, LinkedHashMap::new));
    }
}
