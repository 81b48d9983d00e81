package dev.leat.domain.batch;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;

/**
 * How the operations of a batch have ended so far.
 *
 * @param byState how many in each terminal state
 * @param open how many of each type have not ended; types of which none is left are missing
 * @param runTime of all that ran, their last attempts added up
 */
public record Tally(Map<JobState, Integer> byState, Map<JobTypeName, Integer> open, Duration runTime) {

    public Tally {
        byState = Map.copyOf(byState);
        open = Map.copyOf(open);
    }

    static Tally of(BatchSpec spec) {
        return new Tally(Map.of(), spec.types(), Duration.ZERO);
    }

    /** How many have ended. */
    public int total() {
        return byState.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int completed() {
        return of(JobState.COMPLETED);
    }

    /** How many have failed, in whichever way. */
    public int failed() {
        return of(JobState.FAILED) + of(JobState.TIMED_OUT) + of(JobState.EXPIRED) + of(JobState.REJECTED);
    }

    public int of(JobState state) {
        return byState.getOrDefault(state, 0);
    }

    Tally and(JobTypeName type, JobState state, Optional<Duration> ran) {
        Map<JobState, Integer> states = new EnumMap<>(JobState.class);
        states.putAll(byState);
        states.merge(state, 1, Integer::sum);
        Map<JobTypeName, Integer> left = new HashMap<>(open);
        left.merge(type, -1, Integer::sum);
        left.values().removeIf(count -> count <= 0);
        return new Tally(states, left, runTime.plus(ran.orElse(Duration.ZERO)));
    }
}
