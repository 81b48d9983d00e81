package dev.leat.submit.live;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;

/**
 * A place in the log: of each partition of each topic, the offset of the next record. What it does not name, it stands
 * at the beginning of. Immutable.
 *
 * @param next by the topic's name without the installation's prefix, then by partition
 */
public record LogPosition(Map<String, Map<Integer, Long>> next) {

    public static final LogPosition BEGINNING = new LogPosition(Map.of());

    public LogPosition {
        Map<String, Map<Integer, Long>> copy = new HashMap<>();
        next.forEach((topic, offsets) -> copy.put(topic, Map.copyOf(offsets)));
        next = Map.copyOf(copy);
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException saying what was expected and what came
     */
    public static LogPosition parse(String text) {
        return PositionText.read(text);
    }

    /** The offset of the next record there. */
    public long next(String topic, int partition) {
        return next.getOrDefault(topic, Map.of()).getOrDefault(partition, 0L);
    }

    /** The place after a record. */
    public LogPosition after(String topic, int partition, long offset) {
        Map<Integer, Long> offsets = new HashMap<>(next.getOrDefault(topic, Map.of()));
        offsets.put(partition, offset + 1);
        Map<String, Map<Integer, Long>> moved = new HashMap<>(next);
        moved.put(topic, offsets);
        return new LogPosition(moved);
    }

    /** The place of some topics in one partition alone. */
    LogPosition only(int partition, Collection<String> topics) {
        Map<String, Map<Integer, Long>> some = new HashMap<>();
        topics.stream()
                .filter(topic -> next(topic, partition) > 0)
                .forEach(topic -> some.put(topic, Map.of(partition, next(topic, partition))));
        return new LogPosition(some);
    }

    /** In each partition of each topic, the earlier of the two. */
    LogPosition earlier(LogPosition other) {
        return merge(other, Math::min);
    }

    /** In each partition of each topic, the later of the two. */
    LogPosition later(LogPosition other) {
        return merge(other, Math::max);
    }

    private LogPosition merge(LogPosition other, LongBinaryOperator choice) {
        Map<String, Map<Integer, Long>> merged = new HashMap<>();
        Stream.of(this, other)
                .forEach(place -> place.next.forEach((topic, offsets) -> offsets.keySet()
                        .forEach(partition -> merged.computeIfAbsent(topic, _ -> new HashMap<>())
                                .put(partition, choice.applyAsLong(next(topic, partition),
                                        other.next(topic, partition))))));
        return new LogPosition(merged);
    }

    /** Whether there is nothing before the other place that is not before this one. */
    boolean hasReached(LogPosition other) {
        return other.next.entrySet()
                .stream()
                .allMatch(topic -> topic.getValue()
                        .entrySet()
                        .stream()
                        .allMatch(offset -> next(topic.getKey(), offset.getKey()) >= offset.getValue()));
    }

    /** Letters, digits, '-' and '_'; a few dozen characters for the partition of one job. */
    @Override
    public String toString() {
        return PositionText.write(this);
    }
}
