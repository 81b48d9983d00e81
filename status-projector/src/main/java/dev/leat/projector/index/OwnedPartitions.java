package dev.leat.projector.index;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.leat.domain.JobTypeName;
import dev.leat.domain.estimate.RunTimes;

/**
 * The partitions whose facts this instance folds right now: those whose task has its store restored and its index
 * built. Thread-safe; stream threads add and remove, any thread reads.
 */
public final class OwnedPartitions {

    private final ConcurrentMap<Integer, PartitionView> views = new ConcurrentHashMap<>();

    public void add(PartitionView view) {
        views.put(view.partition(), view);
    }

    /** Removes exactly this view: the partition's task may have begun again elsewhere in this instance. */
    public void remove(PartitionView view) {
        views.remove(view.partition(), view);
    }

    public Optional<PartitionView> find(int partition) {
        return Optional.ofNullable(views.get(partition));
    }

    /** How long jobs of a type ran that are here: a sample of all, as their ids spread them over the partitions. */
    public RunTimes runTimes(JobTypeName type) {
        return views.values().stream().map(view -> view.history().of(type)).reduce(RunTimes.NONE, RunTimes::and);
    }

    /** All of them, as they are now. */
    public Collection<PartitionView> all() {
        return List.copyOf(views.values());
    }
}
