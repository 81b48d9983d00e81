package dev.leat.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The journal's topic: one partition, compacted, and how Kafka is asked about it. Any thread may use it. */
final class JournalTopic {

    /** A write that has no answer by then has failed for its caller. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final Duration VISIBILITY_CHECK = Duration.ofMillis(20);

    private final RegistryOptions options;

    JournalTopic(RegistryOptions options) {
        this.options = options;
    }

    static TopicPartition partition(RegistryOptions options) {
        return new TopicPartition(options.topic(), 0);
    }

    static Map<String, Object> tailConfig(RegistryOptions options) {
        // "none": a journal that lost its beginning must not be taken for a short one.
        return Map.of(
                "bootstrap.servers", options.bootstrapServers(),
                "client.id", "leat-schema-registry-tail",
                "isolation.level", "read_committed",
                "auto.offset.reset", "none",
                "enable.auto.commit", "false");
    }

    static Map<String, Object> writerConfig(RegistryOptions options) {
        int limit = (int) LIMIT.toMillis();
        return Map.of(
                "bootstrap.servers", options.bootstrapServers(),
                "client.id", "leat-schema-registry-writer",
                "transactional.id", "leat-schema-registry." + options.topic(),
                "transaction.timeout.ms", 2 * limit,
                "acks", "all",
                "max.block.ms", limit,
                "request.timeout.ms", limit / 2,
                "delivery.timeout.ms", limit);
    }

    /** Creates the topic where it is missing and refuses one that cannot be a journal. */
    void ensure() {
        try (Admin admin = admin()) {
            create(admin);
            int partitions = describe(admin).partitions().size();
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, options.topic());
            String cleanup = await(admin.describeConfigs(List.of(resource)).all())
                    .values().iterator().next().get("cleanup.policy").value();
            if (partitions != 1 || !cleanup.equals("compact")) {
                throw new IllegalStateException(
                        "Expected the journal %s to have 1 partition and cleanup.policy compact, but it has %d and %s"
                                .formatted(options.topic(), partitions, cleanup));
            }
        }
    }

    private void create(Admin admin) {
        NewTopic journal = new NewTopic(options.topic(), Optional.of(1), Optional.empty())
                .configs(Map.of("cleanup.policy", "compact"));
        try {
            await(admin.createTopics(List.of(journal)).all());
        } catch (TopicExistsException e) {
            // As after every start but the first.
        }
    }

    /** A topic that was created just now is not on every broker yet. */
    private TopicDescription describe(Admin admin) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                return await(admin.describeTopics(List.of(options.topic())).allTopicNames()).values().iterator().next();
            } catch (UnknownTopicOrPartitionException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(VISIBILITY_CHECK.toNanos());
            }
        }
    }

    /** The offset behind the last committed entry. */
    long end() {
        try (Admin admin = admin()) {
            return await(admin.listOffsets(Map.of(partition(options), OffsetSpec.latest()),
                    new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).partitionResult(partition(options)))
                    .offset();
        }
    }

    private Admin admin() {
        int limit = (int) LIMIT.toMillis();
        return Admin.create(Map.<String, Object>of(
                "bootstrap.servers", options.bootstrapServers(),
                "request.timeout.ms", limit,
                "default.api.timeout.ms", 2 * limit));
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
