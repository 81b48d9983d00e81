package dev.leat.projector.query;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.domain.JobState;
import dev.leat.domain.Lane;
import dev.leat.projector.index.LaneCounts;
import dev.leat.projector.index.PartitionView;

/** How many jobs there are, added up over partitions and instances. For one thread. */
final class JobCounts {

    private static final List<JobState> SHOWN = Arrays.stream(JobState.values())
            .filter(state -> state != JobState.UNKNOWN)
            .toList();
    private static final List<JobState> OPEN = SHOWN.stream().filter(state -> !state.isTerminal()).toList();

    private final Map<String, Long> jobs = zeros(SHOWN);
    private final Map<String, Map<String, Long>> byPlugin = new TreeMap<>();
    private final Map<String, Map<String, Map<String, Long>>> byLane = new TreeMap<>();

    void addAll(Collection<PartitionView> views) {
        views.forEach(view -> view.index().counts().forEach(this::add));
    }

    private void add(String plugin, LaneCounts counts) {
        SHOWN.forEach(state -> add(plugin, state.wireName(), counts.of(state)));
        for (Lane lane : Lane.values()) {
            OPEN.forEach(state -> add(plugin, lane.wireName(), state.wireName(), counts.of(lane).of(state)));
        }
    }

    /** Adds another instance's part; states that only newer versions know are added likewise. */
    void addPart(JsonNode part) {
        part.path("byPlugin")
                .properties()
                .forEach(plugin -> plugin.getValue()
                        .properties()
                        .forEach(state -> add(plugin.getKey(), state.getKey(), state.getValue().asLong())));
        part.path("byLane")
                .properties()
                .forEach(plugin -> plugin.getValue()
                        .properties()
                        .forEach(lane -> lane.getValue()
                                .properties()
                                .forEach(state -> add(plugin.getKey(), lane.getKey(), state.getKey(),
                                        state.getValue().asLong()))));
    }

    private void add(String plugin, String state, long count) {
        jobs.merge(state, count, Long::sum);
        byPlugin.computeIfAbsent(plugin, _ -> zeros(SHOWN)).merge(state, count, Long::sum);
    }

    private void add(String plugin, String lane, String state, long count) {
        byLane.computeIfAbsent(plugin, _ -> emptyLanes())
                .computeIfAbsent(lane, _ -> zeros(OPEN))
                .merge(state, count, Long::sum);
    }

    private static Map<String, Map<String, Long>> emptyLanes() {
        Map<String, Map<String, Long>> lanes = new LinkedHashMap<>();
        for (Lane lane : Lane.values()) {
            lanes.put(lane.wireName(), zeros(OPEN));
        }
        return lanes;
    }

    private static Map<String, Long> zeros(List<JobState> states) {
        Map<String, Long> zeros = new TreeMap<>();
        states.forEach(state -> zeros.put(state.wireName(), 0L));
        return zeros;
    }

    /** Without the partitions: what callers get. */
    Map<String, Object> total() {
        return Map.of("jobs", jobs, "byPlugin", byPlugin, "byLane", byLane);
    }

    Map<String, Object> part(List<Integer> partitions) {
        return Map.of("partitions", partitions, "jobs", jobs, "byPlugin", byPlugin, "byLane", byLane);
    }
}
