package dev.leat.simulation.projector;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.kafka.common.TopicPartition;

import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.batch.Batch;
import dev.leat.simulation.kafka.Transaction;

/**
 * What Kafka keeps of the tasks: the store of each partition as of the last transaction that was committed, and the
 * transactions that are open. A task that begins waits until those of its forerunners have ended.
 */
public final class Changelog {

    private final Map<Integer, TaskStore> stores = new HashMap<>();
    private final Map<Integer, Set<Transaction>> open = new HashMap<>();

    private TaskStore store(int partition) {
        return stores.computeIfAbsent(partition, _ -> new TaskStore());
    }

    /** A copy of the store; empty while a transaction is open. */
    Optional<TaskStore> restore(int partition) {
        return isOpen(partition) ? Optional.empty() : Optional.of(store(partition).copy());
    }

    private boolean isOpen(int partition) {
        Set<Transaction> begun = open.computeIfAbsent(partition, _ -> new HashSet<>());
        begun.removeIf(transaction -> !transaction.isOpen());
        return !begun.isEmpty();
    }

    void begun(int partition, Transaction transaction) {
        open.computeIfAbsent(partition, _ -> new HashSet<>()).add(transaction);
    }

    void committed(int partition, List<Consumer<TaskStore>> changes) {
        changes.forEach(change -> change.accept(store(partition)));
    }

    /** The jobs of a partition, as they are kept. */
    public Map<JobId, Job> jobs(int partition) {
        return store(partition).jobs();
    }

    /** The batches of a partition, as they are kept. */
    public Collection<Batch> batches(int partition) {
        return store(partition).batches().all();
    }

    /** Whether everything of a partition has been read up to these ends, and nothing is open. */
    public boolean hasRead(int partition, Map<TopicPartition, Long> ends) {
        return !isOpen(partition) && ends.entrySet()
                .stream()
                .allMatch(end -> store(partition).positions().getOrDefault(end.getKey(), 0L) >= end.getValue());
    }
}
