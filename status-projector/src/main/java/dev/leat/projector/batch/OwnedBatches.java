package dev.leat.projector.batch;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The partitions whose batches this instance sees to right now. Thread-safe. */
public final class OwnedBatches {

    private final ConcurrentMap<Integer, BatchPartition> partitions = new ConcurrentHashMap<>();

    void add(BatchPartition partition) {
        partitions.put(partition.partition(), partition);
    }

    /** Removes exactly this one: the partition's task may have begun again elsewhere in this instance. */
    void remove(BatchPartition partition) {
        partitions.remove(partition.partition(), partition);
    }

    public Optional<BatchPartition> find(int partition) {
        return Optional.ofNullable(partitions.get(partition));
    }

    /** All of them, as they are now. */
    public Collection<BatchPartition> all() {
        return List.copyOf(partitions.values());
    }
}
