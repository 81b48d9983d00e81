package dev.leat.runtime.kafka;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

import dev.leat.domain.JobId;

/** Where Kafka's default partitioner (murmur2) puts a key, so that Leat knows a job's partition without sending. */
public final class PartitionOf {
    private PartitionOf() {}

    /** The partition of a job on every topic of Leat. */
    public static int job(JobId id, int partitions) {
        return key(id.toString(), partitions);
    }

    /** The partition of a key in UTF-8. */
    public static int key(String key, int partitions) {
        return BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions);
    }
}
