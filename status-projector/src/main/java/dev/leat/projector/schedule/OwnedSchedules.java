package dev.leat.projector.schedule;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The partitions whose schedules this instance has right now: those whose task has its store restored. Thread-safe;
 * stream threads add and remove, any thread reads.
 */
public final class OwnedSchedules {

    private final ConcurrentMap<Integer, PartitionSchedules> partitions = new ConcurrentHashMap<>();

    void add(PartitionSchedules schedules) {
        partitions.put(schedules.partition(), schedules);
    }

    /** Removes exactly this one: the partition's task may have begun again elsewhere in this instance. */
    void remove(PartitionSchedules schedules) {
        partitions.remove(schedules.partition(), schedules);
    }

    public Optional<PartitionSchedules> find(int partition) {
        return Optional.ofNullable(partitions.get(partition));
    }

    /** All of them, as they are now. */
    public Collection<PartitionSchedules> all() {
        return List.copyOf(partitions.values());
    }
}
