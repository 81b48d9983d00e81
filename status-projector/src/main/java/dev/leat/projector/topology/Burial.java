package dev.leat.projector.topology;

import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

import dev.leat.schemas.DeadLetter;
import dev.leat.schemas.Topics;

/** Makes the dead-letter record of a record that a processor cannot use. */
public final class Burial {

    private Burial() {}

    public static Record<byte[], Outgoing> of(Topics topics, Record<byte[], byte[]> rawRecord, RecordMetadata at,
            DeadLetter.Why why) {
        ProducerRecord<byte[], byte[]> letter = DeadLetter.of(topics, asConsumed(rawRecord, at), why);
        return new Record<>(letter.key(), Outgoing.of(letter.topic(), letter.value()), rawRecord.timestamp(),
                letter.headers());
    }

    private static ConsumerRecord<byte[], byte[]> asConsumed(Record<byte[], byte[]> rawRecord, RecordMetadata at) {
        return new ConsumerRecord<>(at.topic(), at.partition(), at.offset(), rawRecord.timestamp(),
                TimestampType.CREATE_TIME, ConsumerRecord.NULL_SIZE, ConsumerRecord.NULL_SIZE, rawRecord.key(),
                rawRecord.value(), rawRecord.headers(), Optional.empty());
    }
}
