package dev.leat.runtime.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes the records of a {@link TopicTail}, on the tail's thread, in the order of each partition. */
@FunctionalInterface
public interface RecordHandler {

    /** What it throws is logged and counted, and the tail goes on with the next record. */
    void handle(ConsumerRecord<byte[], byte[]> rawRecord);
}
