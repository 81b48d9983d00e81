package dev.leat.submit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.ProducerProfile;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.DeadLetter;
import dev.leat.schemas.Topics;

/** Writes dead letters as workers and projectors do, and reads topics as anybody can. For one thread. */
final class DeadLetterLog implements AutoCloseable {

    private static final int PARTITIONS = 4;

    private final Topics topics;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    /** Each record is newer than the one before it, whatever the clock says. */
    private final AtomicLong millis = new AtomicLong(Instant.now().minusSeconds(3_600).toEpochMilli());

    DeadLetterLog(Settings settings) {
        KafkaClients clients = new KafkaClients(settings);
        topics = new Topics(settings.get(ServiceOptions.TOPIC_PREFIX));
        producer = clients.producer(
                new ProducerProfile("dead-letter-log", Duration.ofMillis(5), Duration.ofSeconds(30)));
        consumer = clients.consumer("dead-letter-log");
    }

    /** A record that stood on partition 1 of a topic. */
    ConsumerRecord<byte[], byte[]> source(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        return new ConsumerRecord<>(topic, 1, 7, 0L, TimestampType.CREATE_TIME, -1, -1, key, value,
                new RecordHeaders(), Optional.empty());
    }

    /** Buries a record and gives the id of the dead letter. */
    String bury(ConsumerRecord<byte[], byte[]> source, String reason) throws Exception {
        RecordMetadata at = producer.send(letter(source, reason)).get();
        return at.partition() + "-" + at.offset();
    }

    /** Buries a record with a key and value of text. */
    String bury(String topic, String key, String value, String reason) throws Exception {
        return bury(source(topic, key.getBytes(UTF_8), value.getBytes(UTF_8)), reason);
    }

    /** Buries so many that their values are numbers, all at once. */
    void buryMany(String topic, int count, String reason) throws Exception {
        for (int i = 0; i < count; i++) {
            String number = Integer.toString(i);
            var _ = producer.send(letter(
                    source(topic, ("key-" + i % 50).getBytes(UTF_8), number.getBytes(UTF_8)), reason));
        }
        producer.flush();
    }

    private ProducerRecord<byte[], byte[]> letter(ConsumerRecord<byte[], byte[]> source, String reason) {
        ProducerRecord<byte[], byte[]> letter = DeadLetter.of(topics, source,
                new DeadLetter.Why(reason, "Expected better", "worker w1"));
        return new ProducerRecord<>(letter.topic(), null, millis.incrementAndGet(), letter.key(), letter.value(),
                letter.headers());
    }

    /** All records of a topic, partition by partition. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.endOffsets(partitions).forEach((partition, end) -> {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        });
        return records;
    }

    @Override
    public void close() {
        consumer.close();
        producer.close(Duration.ofSeconds(5));
    }
}
