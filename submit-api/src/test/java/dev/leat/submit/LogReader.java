package dev.leat.submit;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.leat.domain.CommandPosition;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;

/** Reads what the API has written, by a plain consumer. For one thread. */
final class LogReader implements AutoCloseable {

    private final Consumer<byte[], byte[]> consumer;
    private final int partitions;

    LogReader(Settings settings) {
        consumer = new KafkaClients(settings).consumer("log-reader");
        partitions = settings.get(ServiceOptions.PARTITIONS);
    }

    /** The record that stands there. */
    ConsumerRecord<byte[], byte[]> at(CommandPosition position) {
        TopicPartition partition = new TopicPartition(position.topic(), position.partition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, position.offset());
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        await().until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            return !records.isEmpty();
        });
        return records.getFirst();
    }

    /** All records of a topic so far; there are fewer of them than offsets where some were written in transactions. */
    List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        List<TopicPartition> all = partitions(topic);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        consumer.assign(all);
        consumer.seekToBeginning(all);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        await().until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        });
        return records;
    }

    /** How many records a topic has had so far. */
    long end(String topic) {
        return consumer.endOffsets(partitions(topic)).values().stream().mapToLong(Long::longValue).sum();
    }

    private List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, partitions).mapToObj(partition -> new TopicPartition(topic, partition)).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
