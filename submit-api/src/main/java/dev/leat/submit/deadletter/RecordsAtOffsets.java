package dev.leat.submit.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads single records again. Owned by the thread that has the consumer. */
final class RecordsAtOffsets {

    /** So many records are read rather than skipped by one more request. */
    private static final long GAP = 1_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Duration patience;

    /** @param patience how long Kafka may give nothing of what there is */
    RecordsAtOffsets(Consumer<byte[], byte[]> consumer, Duration patience) {
        this.consumer = consumer;
        this.patience = patience;
    }

    /**
     * The records of a partition that stand at these offsets. What is gone is missing.
     *
     * @throws TimeoutException where Kafka does not answer
     */
    List<ConsumerRecord<byte[], byte[]>> read(String topic, int number, Collection<Long> offsets) {
        TopicPartition partition = new TopicPartition(topic, number);
        List<TopicPartition> one = List.of(partition);
        if (number >= consumer.partitionsFor(topic, patience).size()) {
            return List.of();
        }
        long beginning = consumer.beginningOffsets(one, patience).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(one, patience).getOrDefault(partition, 0L);
        consumer.assign(one);
        return scan(partition, offsets.stream()
                .filter(offset -> offset >= beginning && offset < end)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private List<ConsumerRecord<byte[], byte[]>> scan(TopicPartition partition, NavigableSet<Long> wanted) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        while (!wanted.isEmpty()) {
            consumer.seek(partition, wanted.first());
            readOn(partition, wanted, found);
        }
        return found;
    }

    /** Reads from the first that is wanted on, until the next is far away. */
    private void readOn(TopicPartition partition, NavigableSet<Long> wanted,
            List<ConsumerRecord<byte[], byte[]>> found) {
        long position = wanted.first();
        while (!wanted.isEmpty() && wanted.first() - position < GAP) {
            for (ConsumerRecord<byte[], byte[]> read : consumer.poll(patience)) {
                if (wanted.contains(read.offset())) {
                    found.add(read);
                }
            }
            long reached = consumer.position(partition, patience);
            if (reached == position) {
                throw new TimeoutException("Expected records of " + partition + " from offset " + reached
                        + " on, but none came within " + patience);
            }
            position = reached;
            wanted.headSet(reached, false).clear();
        }
    }
}
