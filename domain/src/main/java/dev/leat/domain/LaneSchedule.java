package dev.leat.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says from which lane a worker takes its next command: smooth weighted round robin (as nginx does between upstream
 * servers) over the lanes that have one waiting, so that of 21 commands 16 come from high, 4 from normal and 1 from low
 * while all three are full. A command that has waited for {@link #AGING_STEP} counts as one lane higher, for twice that
 * as two, so that no lane starves.
 *
 * <p>Deterministic: the same calls give the same answers. Not thread-safe; its owner is the thread that claims.
 */
public final class LaneSchedule {

    /** How long a command waits until it counts as one lane higher. */
    public static final Duration AGING_STEP = Duration.ofSeconds(30);

    /** How lanes are preferred. */
    public enum Policy {
        /** By weight and age. */
        WEIGHTED,
        /** Always the most urgent lane that is not empty; the others may starve. */
        STRICT
    }

    private final Policy policy;
    private final Map<Lane, Integer> credits = new EnumMap<>(Lane.class);

    public LaneSchedule(Policy policy) {
        this.policy = policy;
    }

    /**
     * The lane to take the next command from; empty where none waits.
     *
     * @param waitingSince for each lane that is not empty, when its oldest command was submitted
     */
    public Optional<Lane> next(Map<Lane, Instant> waitingSince, Instant now) {
        return switch (policy) {
            case STRICT -> waitingSince.keySet().stream().min(Comparator.naturalOrder());
            case WEIGHTED -> nextByWeight(waitingSince, now);
        };
    }

    private Optional<Lane> nextByWeight(Map<Lane, Instant> waitingSince, Instant now) {
        credits.keySet().retainAll(waitingSince.keySet());
        int total = 0;
        for (Map.Entry<Lane, Instant> head : waitingSince.entrySet()) {
            int weight = weight(head.getKey(), head.getValue(), now);
            credits.merge(head.getKey(), weight, Integer::sum);
            total += weight;
        }
        Optional<Lane> next = credits.entrySet()
                .stream()
                .min(Map.Entry.<Lane, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
        int spent = total;
        next.ifPresent(lane -> credits.merge(lane, -spent, Integer::sum));
        return next;
    }

    /** Each lane weighs four times the one below it, so counting as one lane higher is to weigh four times as much. */
    private static int weight(Lane lane, Instant since, Instant now) {
        long steps = Math.clamp(Duration.between(since, now).dividedBy(AGING_STEP), 0, 2);
        int weight = switch (lane) {
            case HIGH -> 16;
            case NORMAL -> 4;
            case LOW -> 1;
        };
        return Math.min(16, weight << (2 * steps));
    }
}
