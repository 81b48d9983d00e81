package dev.leat.projector.watch;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the coordinator of a group. An offset that is being committed in a transaction is waited for, as it may be the one
 * that wins a claim.
 *
 * @param admin closed by whoever made it
 */
public record GroupOffsets(Admin admin, String group) implements CommittedOffsets {

    @Override
    public CompletionStage<Map<TopicPartition, Long>> ask(Set<TopicPartition> partitions) {
        return admin
                .listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)),
                        new ListConsumerGroupOffsetsOptions().requireStable(true))
                .partitionsToOffsetAndMetadata(group)
                .toCompletionStage()
                .thenApply(GroupOffsets::present);
    }

    /** Kafka gives null for a partition without a committed offset. */
    private static Map<TopicPartition, Long> present(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return offsets.entrySet()
                .stream()
                .filter(entry -> Objects.nonNull(entry.getValue()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }
}
