package dev.leat.worker.claim;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The records that were fetched and not taken yet, by partition, and which partitions are owned.
 *
 * <p>Invariants: only owned partitions have records; within a partition they are taken in offset order, none left out;
 * a partition that is lost loses its records with it. Each time a partition comes, it begins a new {@link Tenure}, so
 * that what was taken in an earlier one is never committed in a later one.
 *
 * <p>Bounded: the consumer pauses and resumes what {@link #regulate()} says. One poll may put its records on top. A
 * partition without records is never paused, so that the head of every lane is in sight when a slot comes free.
 *
 * <p>Owned by the consumer's thread.
 */
public final class PartitionBuffers {

    /**
     * How much is held back before fetching stops.
     *
     * @param records for each partition; it is fetched again when half of them are gone
     * @param bytes for all partitions together
     */
    public record Limits(int records, long bytes) {}

    /** What the consumer is to do so that the buffers stay bounded. */
    public record Regulation(Set<TopicPartition> pause, Set<TopicPartition> resume) {}

    /**
     * One stay of a partition with this worker, from assignment to revocation.
     *
     * @param id unique among all workers
     */
    public record Tenure(TopicPartition partition, String id) {

        @Override
        public String toString() {
            return partition.toString();
        }
    }

    /** A record that was taken for a batch. */
    public record Taken(Tenure tenure, ConsumerRecord<byte[], byte[]> source) {}

    private static final class Buffer {

        private final Tenure tenure;
        private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
        private long nextOffset = -1;
        private boolean paused;

        Buffer(Tenure tenure) {
            this.tenure = tenure;
        }
    }

    private final Limits limits;
    private final Supplier<String> tenureIds;
    private final Map<TopicPartition, Buffer> owned = new LinkedHashMap<>();
    private long bytes;

    public PartitionBuffers(Limits limits, Supplier<String> tenureIds) {
        this.limits = limits;
        this.tenureIds = tenureIds;
    }

    /** These partitions are this worker's from now on. */
    public void assigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            drop(partition);
            owned.put(partition, new Buffer(new Tenure(partition, tenureIds.get())));
        }
    }

    /** These partitions are no longer this worker's; their records go. */
    public void revoked(Collection<TopicPartition> partitions) {
        partitions.forEach(this::drop);
    }

    private void drop(TopicPartition partition) {
        @Nullable
        Buffer buffer = owned.remove(partition);
        if (buffer != null) {
            buffer.waiting.forEach(dropped -> bytes -= size(dropped));
        }
    }

    /**
     * Adds a fetched record. One of a partition that is not owned is dropped: whoever owns it will fetch it.
     *
     * @throws IllegalStateException where the record does not come after the partition's last one
     */
    public void add(ConsumerRecord<byte[], byte[]> fetched) {
        TopicPartition partition = new TopicPartition(fetched.topic(), fetched.partition());
        @Nullable
        Buffer buffer = owned.get(partition);
        if (buffer == null) {
            return;
        }
        if (fetched.offset() < buffer.nextOffset) {
            throw new IllegalStateException("Expected a record of " + partition + " from offset " + buffer.nextOffset
                    + " on, but got offset " + fetched.offset());
        }
        buffer.nextOffset = fetched.offset() + 1;
        buffer.waiting.add(fetched);
        bytes += size(fetched);
    }

    /** The first record of each partition that has any. */
    public List<ConsumerRecord<byte[], byte[]>> heads() {
        return owned.values()
                .stream()
                .filter(buffer -> !buffer.waiting.isEmpty())
                .map(buffer -> buffer.waiting.getFirst())
                .toList();
    }

    /** The first record of a partition that has one. */
    public ConsumerRecord<byte[], byte[]> head(TopicPartition partition) {
        return filled(partition).waiting.getFirst();
    }

    /** Takes the first record of a partition that has one. */
    public Taken take(TopicPartition partition) {
        Buffer buffer = filled(partition);
        ConsumerRecord<byte[], byte[]> taken = buffer.waiting.removeFirst();
        bytes -= size(taken);
        return new Taken(buffer.tenure, taken);
    }

    private Buffer filled(TopicPartition partition) {
        @Nullable
        Buffer buffer = owned.get(partition);
        if (buffer == null || buffer.waiting.isEmpty()) {
            throw new IllegalStateException("Expected a record of " + partition + " to take, but there is none");
        }
        return buffer;
    }

    /** Whether the partition is still owned since then, without a break. */
    public boolean holds(Tenure tenure) {
        @Nullable
        Buffer buffer = owned.get(tenure.partition());
        return buffer != null && buffer.tenure.equals(tenure);
    }

    public Set<TopicPartition> owned() {
        return Set.copyOf(owned.keySet());
    }

    /** What has changed since the last call about which partitions have enough records waiting. */
    public Regulation regulate() {
        Set<TopicPartition> pause = new HashSet<>();
        Set<TopicPartition> resume = new HashSet<>();
        owned.forEach((partition, buffer) -> {
            if (!buffer.paused && isFull(buffer)) {
                pause.add(partition);
                buffer.paused = true;
            } else if (buffer.paused && isDrained(buffer)) {
                resume.add(partition);
                buffer.paused = false;
            }
        });
        return new Regulation(pause, resume);
    }

    private boolean isFull(Buffer buffer) {
        return !buffer.waiting.isEmpty() && (buffer.waiting.size() >= limits.records() || bytes >= limits.bytes());
    }

    private boolean isDrained(Buffer buffer) {
        return buffer.waiting.isEmpty() || (buffer.waiting.size() <= limits.records() / 2 && bytes < limits.bytes());
    }

    private static long size(ConsumerRecord<byte[], byte[]> fetched) {
        return Math.max(0L, fetched.serializedKeySize()) + Math.max(0L, fetched.serializedValueSize());
    }
}
