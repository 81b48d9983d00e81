package dev.leat.submit.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.CommandPosition;
import dev.leat.schemas.DeadLetter;
import dev.leat.schemas.Redrive;
import dev.leat.schemas.Topics;

/** Records of the dead-letter topic, as a consumer gets them. */
final class Letters {

    static final Topics TOPICS = new Topics("t.");

    private Letters() {}

    /** A dead letter of a record of that topic, at {@code second}. */
    static ConsumerRecord<byte[], byte[]> letter(int partition, long offset, long second, String reason,
            String origin) {
        return of(source(origin, "key".getBytes(UTF_8), "value".getBytes(UTF_8)), partition, offset, second, reason);
    }

    static ConsumerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> source, int partition, long offset,
            long second, String reason) {
        return consumed(DeadLetter.of(TOPICS, source, new DeadLetter.Why(reason, "Expected better", "worker w1")),
                partition, offset, Instant.ofEpochSecond(second));
    }

    static ConsumerRecord<byte[], byte[]> source(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        return new ConsumerRecord<>(topic, 1, 7, 0L, TimestampType.CREATE_TIME, -1, -1, key, value,
                new RecordHeaders(), Optional.empty());
    }

    /** A marker behind the dead letter. */
    static ConsumerRecord<byte[], byte[]> marker(ConsumerRecord<byte[], byte[]> letter, long second) {
        return consumed(
                Redrive.marker(letter, new CommandPosition("t.events", 0, 1), Instant.ofEpochSecond(second)),
                letter.partition(), letter.offset() + 1, Instant.ofEpochSecond(second));
    }

    private static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> written, int partition,
            long offset, Instant at) {
        return new ConsumerRecord<>(TOPICS.deadLetter(), partition, offset, at.toEpochMilli(),
                TimestampType.CREATE_TIME, -1, -1, written.key(), written.value(), written.headers(),
                Optional.empty());
    }
}
