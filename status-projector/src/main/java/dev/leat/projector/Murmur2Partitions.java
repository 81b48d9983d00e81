package dev.leat.projector;

import dev.leat.domain.JobId;
import dev.leat.projector.topology.JobPartitions;
import dev.leat.runtime.kafka.PartitionOf;

/** The partitions that Kafka's default partitioner gives. */
record Murmur2Partitions(int partitions) implements JobPartitions {

    @Override
    public int ofJob(JobId id) {
        return PartitionOf.job(id, partitions);
    }

    @Override
    public int ofKey(String key) {
        return PartitionOf.key(key, partitions);
    }
}
