package dev.leat.worker.claim;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.common.TopicPartition;

import dev.leat.domain.Lane;
import dev.leat.domain.LaneSchedule;

/**
 * Says which partition the next command is taken from: first the lane, as {@link LaneSchedule} has it, then the plugin
 * that has waited longest for its turn in this lane, then the plugin's partition that has. So neither a plugin with a
 * million commands nor a partition of them stands in front of the others: each turn is one command.
 *
 * <p>Deterministic. Owned by the consumer's thread.
 */
final class TakeOrder {

    /**
     * The first waiting command of a partition.
     *
     * @param since when it was written to its lane
     */
    record Head(TopicPartition partition, String plugin, Lane lane, Instant since) {}

    private record Turn(Lane lane, String plugin) {}

    private final LaneSchedule lanes;
    private final Map<Turn, Long> pluginTurns = new HashMap<>();
    private final Map<TopicPartition, Long> partitionTurns = new HashMap<>();
    private long turns;

    TakeOrder(LaneSchedule lanes) {
        this.lanes = lanes;
    }

    /** Whose turn it is among these, and takes it; empty where there are none. */
    Optional<Head> next(Collection<Head> heads, Instant now) {
        if (heads.isEmpty()) {
            // A schedule that is asked about no lanes forgets whose turn it is; a moment without a free slot is no reason.
            return Optional.empty();
        }
        Map<Lane, Instant> waitingSince = new EnumMap<>(Lane.class);
        heads.forEach(head -> waitingSince.merge(head.lane(), head.since(), TakeOrder::earlier));
        return lanes.next(waitingSince, now).flatMap(lane -> next(lane, heads));
    }

    private Optional<Head> next(Lane lane, Collection<Head> heads) {
        Optional<Head> next = heads.stream()
                .filter(head -> head.lane() == lane)
                .min(Comparator.comparingLong(this::pluginTurn)
                        .thenComparing(Head::plugin)
                        .thenComparingLong(this::partitionTurn)
                        .thenComparingInt(head -> head.partition().partition()));
        next.ifPresent(head -> {
            turns++;
            pluginTurns.put(new Turn(lane, head.plugin()), turns);
            partitionTurns.put(head.partition(), turns);
        });
        return next;
    }

    private long pluginTurn(Head head) {
        return pluginTurns.getOrDefault(new Turn(head.lane(), head.plugin()), 0L);
    }

    private long partitionTurn(Head head) {
        return partitionTurns.getOrDefault(head.partition(), 0L);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
