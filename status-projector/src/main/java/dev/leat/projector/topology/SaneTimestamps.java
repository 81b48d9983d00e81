package dev.leat.projector.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Nothing is decided by the timestamps of records, yet a bad one could stop the projector: Kafka Streams refuses those
 * below zero, and what is written while a record is handled takes its timestamp, which the broker refuses when it lies
 * in the future. So they are brought into the range from zero to now.
 */
public final class SaneTimestamps implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> rawRecord, long partitionTime) {
        return Math.clamp(rawRecord.timestamp(), 0, System.currentTimeMillis());
    }
}
