package dev.leat.projector.watch;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.runtime.kafka.BrokerUnavailableException;
import dev.leat.schemas.Topics;

/**
 * Deletes commands from the lanes that nobody needs any more, once an hour.
 *
 * <p>Invariant: no command is deleted before all of its readers are past it, however long its plugin is paused, or has no
 * worker, or its lane is backed up. Kafka's own retention goes by age alone and would lose such jobs, so lanes have none.
 *
 * <p>All projectors do it; a deletion that has been made is made again without effect. Starts once and stops once.
 * Thread-safe.
 */
public final class LaneTrim implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LaneTrim.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final Admin admin;
    private final Pattern lanes;
    private final List<CommittedOffsets> readers;
    private final Duration kept;
    private final InstantSource clock;
    private final BackgroundRounds rounds;

    /**
     * @param admin closed by whoever made it
     * @param readers the groups that have to be past a command
     * @param kept how long commands stay at least, for who looks at the topic
     */
    public LaneTrim(Admin admin, Topics topics, List<CommittedOffsets> readers, Duration kept, InstantSource clock) {
        this.admin = admin;
        this.lanes = topics.lanePattern();
        this.readers = List.copyOf(readers);
        this.kept = kept;
        this.clock = clock;
        this.rounds = new BackgroundRounds("leat-projector-trim", "delete old commands", EVERY, this::trim);
    }

    public void start() {
        rounds.start();
    }

    void trim() throws InterruptedException {
        try {
            Set<TopicPartition> partitions = partitions();
            Map<TopicPartition, Long> first = offsets(partitions, OffsetSpec.earliest());
            Map<TopicPartition, RecordsToDelete> old = new HashMap<>();
            oldAndRead(partitions).forEach((partition, offset) -> {
                if (offset > first.getOrDefault(partition, 0L)) {
                    old.put(partition, RecordsToDelete.beforeOffset(offset));
                }
            });
            if (!old.isEmpty()) {
                admin.deleteRecords(old).all().get();
                LOG.info("Deleted old commands from {} partitions of lanes", old.size());
            }
        } catch (ExecutionException e) {
            throw new BrokerUnavailableException("Expected Kafka to delete old commands, but: " + e.getMessage(), e);
        }
    }

    private Set<TopicPartition> partitions() throws InterruptedException, ExecutionException {
        Set<String> names = admin.listTopics()
                .names()
                .get()
                .stream()
                .filter(lanes.asMatchPredicate())
                .collect(Collectors.toSet());
        Set<TopicPartition> partitions = new HashSet<>();
        admin.describeTopics(names)
                .allTopicNames()
                .get()
                .forEach((name, topic) -> topic.partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(name, partition.partition()))));
        return partitions;
    }

    /** Up to where commands are old, and all readers are past them; without partitions that one of them has yet to begin. */
    private Map<TopicPartition, Long> oldAndRead(Set<TopicPartition> partitions)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> young = offsets(partitions,
                OffsetSpec.forTimestamp(clock.instant().minus(kept).toEpochMilli()));
        Map<TopicPartition, Long> before = new HashMap<>();
        partitions.forEach(partition -> before.put(partition, young.getOrDefault(partition, Long.MAX_VALUE)));
        for (CommittedOffsets reader : readers) {
            Map<TopicPartition, Long> committed = reader.ask(partitions).toCompletableFuture().get();
            before.keySet().retainAll(committed.keySet());
            before.replaceAll((partition, offset) -> Math.min(offset, committed.getOrDefault(partition, 0L)));
        }
        return before;
    }

    /** Without those for which there is no such record. */
    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which)
            throws InterruptedException, ExecutionException {
        return admin.listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> which)))
                .all()
                .get()
                .entrySet()
                .stream()
                .filter(found -> found.getValue().offset() >= 0)
                .collect(Collectors.toMap(Map.Entry::getKey, found -> found.getValue().offset()));
    }

    @Override
    public void close() {
        rounds.close();
    }
}
