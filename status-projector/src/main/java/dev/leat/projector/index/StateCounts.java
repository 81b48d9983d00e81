package dev.leat.projector.index;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.leat.domain.JobState;

/** How many jobs are in each state. One thread writes, any thread reads. */
public final class StateCounts {

    private final Map<JobState, LongAdder> counts = Arrays.stream(JobState.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> new LongAdder()));

    void add(JobState state, long difference) {
        counts.getOrDefault(state, new LongAdder()).add(difference);
    }

    public long of(JobState state) {
        return counts.getOrDefault(state, new LongAdder()).sum();
    }
}
