package dev.leat.projector.index;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.leat.domain.JobState;
import dev.leat.domain.Lane;

/** How many jobs of a plugin are in each lane and state. One thread writes, any thread reads. */
public final class LaneCounts {

    private final Map<Lane, StateCounts> counts = Arrays.stream(Lane.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> new StateCounts()));

    void add(Lane lane, JobState state, long difference) {
        of(lane).add(state, difference);
    }

    /** Those of one lane. */
    public StateCounts of(Lane lane) {
        return counts.getOrDefault(lane, new StateCounts());
    }

    /** How many of all lanes are in the state. */
    public long of(JobState state) {
        return counts.values().stream().mapToLong(lane -> lane.of(state)).sum();
    }
}
