package dev.leat.projector.query;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.domain.JobState;
import dev.leat.projector.index.PartitionView;
import dev.leat.projector.index.StateCounts;

/** How many jobs there are, added up over partitions and instances. For one thread. */
final class JobCounts {

    private static final List<JobState> SHOWN = Arrays.stream(JobState.values())
            .filter(state -> state != JobState.UNKNOWN)
            .toList();

    private final Map<String, Long> jobs = zeros();
    private final Map<String, Map<String, Long>> byPlugin = new TreeMap<>();

    void addAll(Collection<PartitionView> views) {
        views.forEach(view -> view.index().counts().forEach(this::add));
    }

    private void add(String plugin, StateCounts counts) {
        SHOWN.forEach(state -> add(plugin, state.wireName(), counts.of(state)));
    }

    /** Adds another instance's part; states that only newer versions know are added likewise. */
    void addPart(JsonNode part) {
        part.path("byPlugin")
                .properties()
                .forEach(plugin -> StreamSupport.stream(plugin.getValue().properties().spliterator(), false)
                        .forEach(state -> add(plugin.getKey(), state.getKey(), state.getValue().asLong())));
    }

    private void add(String plugin, String state, long count) {
        jobs.merge(state, count, Long::sum);
        byPlugin.computeIfAbsent(plugin, _ -> zeros()).merge(state, count, Long::sum);
    }

    private static Map<String, Long> zeros() {
        Map<String, Long> zeros = new TreeMap<>();
        SHOWN.forEach(state -> zeros.put(state.wireName(), 0L));
        return zeros;
    }

    /** Without the partitions: what callers get. */
    Map<String, Object> total() {
        return Map.of("jobs", jobs, "byPlugin", byPlugin);
    }

    Map<String, Object> part(List<Integer> partitions) {
        return Map.of("partitions", partitions, "jobs", jobs, "byPlugin", byPlugin);
    }
}
