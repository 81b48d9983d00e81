package dev.leat.submit.live;

import java.util.HashMap;
import java.util.Map;

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

    /** Letters, digits, '-' and '_'; a few dozen characters for the partition of one job. */
    @Override
    public String toString() {
        return PositionText.write(this);
    }
}
