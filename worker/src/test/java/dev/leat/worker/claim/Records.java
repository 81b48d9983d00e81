package dev.leat.worker.claim;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records as a consumer would give them. */
final class Records {

    private Records() {}

    static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        return record(partition, offset, "key".getBytes(StandardCharsets.UTF_8), new byte[10]);
    }

    static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, byte @Nullable [] key,
            byte @Nullable [] value) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, 1_000 + offset,
                TimestampType.CREATE_TIME, key == null ? -1 : key.length, value == null ? -1 : value.length, key, value,
                new RecordHeaders(), Optional.empty());
    }
}
