package dev.leat.submit.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.leat.runtime.kafka.KafkaClients;

/**
 * A reader of all topics that have facts of jobs, those that are made while it reads among them. For one thread, but for
 * {@link #wakeup}.
 */
final class FactTopics implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final FactReader reader;
    private final Consumer<byte[], byte[]> consumer;
    private long looked;

    /** What has come, and where the reading stands now: behind what is no record as well, such as the ends of transactions. */
    record Batch(List<ConsumerRecord<byte[], byte[]>> records, Map<TopicPartition, Long> place) {}

    FactTopics(KafkaClients clients, FactReader reader) {
        this.reader = reader;
        this.consumer = clients.consumer("live");
    }

    /**
     * Where the reading begins. To be called once, before anything else.
     *
     * @param from where to go on; empty to begin at the end of the log
     */
    Map<TopicPartition, Long> begin(Map<TopicPartition, Long> from) {
        Set<TopicPartition> there = look();
        assign(there, from.isEmpty() ? consumer.endOffsets(there) : from);
        return place();
    }

    private Set<TopicPartition> look() {
        looked = System.nanoTime();
        return consumer.listTopics()
                .entrySet()
                .stream()
                .filter(topic -> reader.isFactTopic(topic.getKey()))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toSet());
    }

    /** A topic that was not there before is read from its beginning. */
    private void assign(Set<TopicPartition> partitions, Map<TopicPartition, Long> from) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        consumer.assign(partitions);
        partitions.forEach(partition -> consumer.seek(partition,
                Math.max(beginnings.getOrDefault(partition, 0L), from.getOrDefault(partition, 0L))));
    }

    private Map<TopicPartition, Long> place() {
        return consumer.assignment().stream().collect(Collectors.toMap(partition -> partition, consumer::position));
    }

    /** What comes next; nothing where nothing does for half a second. */
    Batch next() {
        if (System.nanoTime() - looked > LOOK_EVERY.toNanos()) {
            Set<TopicPartition> there = look();
            if (!there.equals(consumer.assignment())) {
                assign(there, place());
            }
        }
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.poll(POLL).forEach(records::add);
        return new Batch(records, place());
    }

    /** Ends the reading with Kafka's exception for it, from any thread. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE));
    }
}
