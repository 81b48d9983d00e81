package dev.leat.submit.capacity;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.domain.JobState;

/** How many jobs wait for their time or for a worker. Immutable. */
record WaitingJobs(Map<String, Long> byPlugin) {

    static final WaitingJobs NONE = new WaitingJobs(Map.of());

    WaitingJobs {
        byPlugin = Map.copyOf(byPlugin);
    }

    /** Adds up what projectors count; empty where that is something else. */
    static Optional<WaitingJobs> of(JsonNode stats) {
        if (!stats.path("byPlugin").isObject()) {
            return Optional.empty();
        }
        Map<String, Long> waiting = new HashMap<>();
        stats.path("byPlugin").properties().forEach(plugin -> waiting.put(plugin.getKey(), waiting(plugin.getValue())));
        return Optional.of(new WaitingJobs(waiting));
    }

    /** States that only newer versions know are left out. */
    private static long waiting(JsonNode counts) {
        return counts.properties()
                .stream()
                .filter(count -> JobState.ofWireName(count.getKey()).filter(JobState::isWaiting).isPresent())
                .mapToLong(count -> count.getValue().asLong())
                .sum();
    }

    long of(String plugin) {
        return byPlugin.getOrDefault(plugin, 0L);
    }

    long total() {
        return byPlugin.values().stream().mapToLong(Long::longValue).sum();
    }

    /** So many more of each plugin. */
    WaitingJobs and(Map<String, Integer> jobs) {
        Map<String, Long> more = new HashMap<>(byPlugin);
        jobs.forEach((plugin, count) -> more.merge(plugin, (long) count, Long::sum));
        return new WaitingJobs(more);
    }
}
