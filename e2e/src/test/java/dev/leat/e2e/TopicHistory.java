package dev.leat.e2e;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.schemas.serde.AvroDeserializer;
import dev.leat.schemas.serde.AvroSerializer;
import dev.leat.testkit.guarantees.History.RecordedFact;

/** Reads all facts that stand on the topics of one installation, from the first record to the last committed one. */
public final class TopicHistory {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Topics topics;
    private final Codecs codecs;
    private final String bootstrapServers;

    public TopicHistory(Topics topics, String bootstrapServers, String schemaRegistryUrl) {
        this.topics = topics;
        this.bootstrapServers = bootstrapServers;
        Map<String, Object> configuration = Map.of("schema.registry.url", schemaRegistryUrl, "specific.avro.reader",
                true);
        AvroSerializer serializer = new AvroSerializer();
        serializer.configure(configuration, false);
        AvroDeserializer deserializer = new AvroDeserializer();
        deserializer.configure(configuration, false);
        this.codecs = Codecs.of(topics, serializer, deserializer);
    }

    /** The facts of one topic stand in its order; topics are mixed. */
    public List<RecordedFact> read() {
        List<RecordedFact> facts = new ArrayList<>();
        forEach(this::holdsFacts, source -> fact(source).ifPresent(facts::add));
        return facts;
    }

    /** How records are read. */
    public Codecs codecs() {
        return codecs;
    }

    /** Hands over the records of these topics, each partition's in its order. */
    public void forEach(Predicate<String> topicsToRead, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<String, Object> configuration = Map.of("bootstrap.servers", bootstrapServers, "isolation.level",
                "read_committed", "key.deserializer", ByteArrayDeserializer.class, "value.deserializer",
                ByteArrayDeserializer.class);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(configuration)) {
            List<TopicPartition> partitions = consumer.listTopics()
                    .values()
                    .stream()
                    .flatMap(List::stream)
                    .filter(partition -> topicsToRead.test(partition.topic()))
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(reader);
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("Expected to read the topics to " + ends + " within " + LIMIT.toMinutes()
                            + " min, but have not");
                }
            }
        }
    }

    private boolean holdsFacts(String topic) {
        return topics.parseLane(topic).isPresent()
                || List.of(topics.pending(), topics.events(), topics.control()).contains(topic);
    }

    private Optional<RecordedFact> fact(ConsumerRecord<byte[], byte[]> source) {
        JobId job = JobId.parse(new String(source.key(), StandardCharsets.UTF_8));
        CommandPosition at = new CommandPosition(source.topic(), source.partition(), source.offset());
        return decode(source.topic(), source.value()).map(fact -> new RecordedFact(job, fact, Optional.of(at),
                Optional.of(Instant.ofEpochMilli(source.timestamp()))));
    }

    private Optional<? extends Fact> decode(String topic, byte[] value) {
        if (topic.equals(topics.events())) {
            return codecs.events().decode(topic, value);
        }
        if (topic.equals(topics.pending())) {
            return codecs.pending().decode(topic, value);
        }
        return topic.equals(topics.control())
                ? codecs.control().decode(topic, value).filter(Fact.class::isInstance).map(Fact.class::cast)
                : codecs.commands().decode(topic, value);
    }
}
