package dev.leat.projector.watch;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether lanes can be written to: they have the right number of partitions, and the leader of each answers. Without
 * the latter the first batch to a topic that is being made may be refused and the second one taken, after which an
 * idempotent producer waits for the first one's place in vain. For one thread.
 */
final class LaneInspection {

    private static final Logger LOG = LoggerFactory.getLogger(LaneInspection.class);
    /** What brokers take by default. */
    private static final int USUAL_RECORD = 1_048_588;

    private final Admin admin;
    private final int partitions;
    /** What has been said about a lane is not said again every second. */
    private final Set<String> told = new HashSet<>();

    /** @param partitions how many every lane has */
    LaneInspection(Admin admin, int partitions) {
        this.admin = admin;
        this.partitions = partitions;
    }

    /** How large a record each lane takes, in bytes; those that cannot be written to right now are left out. */
    Map<String, Integer> largestRecords(Collection<String> lanes) throws InterruptedException {
        Map<String, Integer> largest = new HashMap<>();
        for (String lane : lanes) {
            if (isWhole(lane) && isLed(lane)) {
                largestRecord(lane).ifPresent(bytes -> largest.put(lane, bytes));
            }
        }
        return largest;
    }

    private boolean isWhole(String lane) throws InterruptedException {
        Optional<Integer> found = answer(lane, admin.describeTopics(List.of(lane)).allTopicNames())
                .flatMap(topics -> Optional.ofNullable(topics.get(lane)))
                .map(description -> description.partitions().size());
        if (found.filter(number -> number != partitions).isPresent()) {
            if (told.add(lane)) {
                LOG.error("Expected {} to have {} partitions, as the other topics of Leat have, but it has {}: its jobs"
                        + " are not queued. Make the topic again with {} partitions", lane, partitions, found.get(),
                        partitions);
            }
            return false;
        }
        return found.isPresent();
    }

    private boolean isLed(String lane) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(lane, partition))
                .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
        return answer(lane, admin.listOffsets(ends).all()).isPresent();
    }

    private Optional<Integer> largestRecord(String lane) throws InterruptedException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, lane);
        return answer(lane, admin.describeConfigs(List.of(topic)).all())
                .flatMap(configs -> Optional.ofNullable(configs.get(topic)))
                .map(config -> config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                .map(entry -> Integer.parseInt(entry.value()))
                .or(() -> Optional.of(USUAL_RECORD));
    }

    /** Empty where Kafka does not say, such as of a topic that is coming or going. */
    private static <T> Optional<T> answer(String lane, KafkaFuture<T> future) throws InterruptedException {
        try {
            return Optional.of(future.get());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RetriableException)) {
                LOG.warn("Expected Kafka to describe {}, but: {}", lane, e.getMessage());
            }
            return Optional.empty();
        }
    }
}
