package dev.leat.runtime.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the broker where partitions end for readers of committed records. A record that was acknowledged before the call
 * lies before the answer, unless it is in or behind a transaction: a producer hears of its commit before the partitions
 * do. One request to each leader, however many partitions are asked for. Thread-safe.
 */
public final class EndOffsets implements AutoCloseable {
    private final Admin admin;

    public EndOffsets(KafkaClients clients, String purpose) {
        this.admin = clients.admin(purpose + "-end-offsets");
    }

    /**
     * The offset after the last committed record, by partition.
     *
     * @throws BrokerUnavailableException where no answer came within the timeout
     * @throws InterruptedException       where the thread is interrupted while it waits
     */
    public Map<Integer, Long> of(String topic, Collection<Integer> partitions, Duration timeout)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = partitions.stream()
                .map(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest(), (one, _) -> one));
        ListOffsetsOptions options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)
                .timeoutMs(Math.toIntExact(timeout.toMillis()));
        try {
            Map<Integer, Long> ends = new HashMap<>();
            Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> answer = admin.listOffsets(asked, options)
                    .all()
                    .get();
            answer.forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
            return ends;
        } catch (ExecutionException e) {
            throw new BrokerUnavailableException("Expected the end offsets of " + topic + partitions + " within "
                    + timeout.toMillis() + " ms, but: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
