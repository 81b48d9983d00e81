package dev.leat.runtime.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Takes the records of a {@link TopicTail}, on the tail's thread, in the order of each partition. After an outage it may
 * get the last ones again.
 */
@FunctionalInterface
public interface RecordHandler {

    /**
     * Takes a record. What it throws is logged and counted, and the tail goes on with the next record: except for a
     * {@link RetriableException}, such as for a schema registry that is away, after which the handler gets the same
     * record again until it takes it.
     */
    void handle(ConsumerRecord<byte[], byte[]> rawRecord);
}
