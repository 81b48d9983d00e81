package dev.leat.projector.watch;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.common.TopicPartition;

/** How far the workers' group has committed the partitions of lanes. Thread-safe; never blocks. */
@FunctionalInterface
public interface CommittedOffsets {

    /**
     * Asks Kafka.
     *
     * @return the committed offsets as they were after this call; partitions without one are left out. Completes within
     *         seconds on a thread of Kafka's, exceptionally where Kafka does not answer.
     */
    CompletionStage<Map<TopicPartition, Long>> ask(Set<TopicPartition> partitions);
}
