package dev.leat.projector;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Request;
import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.WorkerId;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.runtime.kafka.ConfiguredCodecs;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.ProducerProfile;
import dev.leat.runtime.kafka.TopicProvisioner;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;

/** Writes facts to the topics that they belong to, as API and workers do. */
final class FactLog implements AutoCloseable {

    private final Settings settings;
    private final KafkaClients clients;
    private final Topics topics;
    private final Codecs codecs;
    private final Producer<byte[], byte[]> producer;

    FactLog(Settings settings, String prefix) {
        this.settings = settings;
        this.topics = new Topics(prefix);
        this.codecs = ConfiguredCodecs.of(settings, topics, Duration.ofSeconds(10));
        this.clients = new KafkaClients(settings);
        this.producer = clients
                .producer(new ProducerProfile("test", Duration.ofMillis(1), Duration.ofSeconds(20)));
    }

    /** Makes the lanes of a plugin. */
    FactLog withPlugin(String plugin) throws InterruptedException {
        new TopicProvisioner(clients, settings).provision(List.of(plugin));
        return this;
    }

    Topics topics() {
        return topics;
    }

    CommandPosition lane(JobId id, Fact.JobQueued fact) {
        String topic = topics.jobs(fact.submission().type().plugin(), fact.submission().lane());
        return send(topic, id.toString().getBytes(StandardCharsets.UTF_8), codecs.commands().encode(topic, fact));
    }

    CommandPosition pending(JobId id, Fact.JobScheduled fact) {
        return send(topics.pending(), id.toString().getBytes(StandardCharsets.UTF_8),
                codecs.pending().encode(topics.pending(), fact));
    }

    /** Does not wait until Kafka has it; {@link #flush} does. */
    void pendingLater(JobId id, Fact.JobScheduled fact) {
        var _ = producer.send(new ProducerRecord<>(topics.pending(), id.toString().getBytes(StandardCharsets.UTF_8),
                codecs.pending().encode(topics.pending(), fact)));
    }

    void flush() {
        producer.flush();
    }

    CommandPosition event(JobId id, Fact fact) {
        return send(topics.events(), id.toString().getBytes(StandardCharsets.UTF_8),
                codecs.events().encode(topics.events(), fact));
    }

    CommandPosition control(JobId id, Request request) {
        return send(topics.control(), id.toString().getBytes(StandardCharsets.UTF_8),
                codecs.control().encode(topics.control(), request));
    }

    CommandPosition schedule(ScheduleRevision revision) {
        return send(topics.schedules(), revision.id().value().getBytes(StandardCharsets.UTF_8),
                codecs.schedules().encode(topics.schedules(), revision));
    }

    Fact.JobScheduled scheduled(ConsumerRecord<byte[], byte[]> rawRecord) {
        return codecs.pending().decode(rawRecord.topic(), rawRecord.value()).orElseThrow();
    }

    /** A sign of life of a worker. */
    CommandPosition beat(WorkerId worker, Duration lease) {
        WorkerHeartbeat beat = new WorkerHeartbeat(worker, 1, Samples.NOW, Samples.NOW, "host", "1", List.of("demo"), 8,
                8, 0, List.of(), lease);
        return send(topics.workers(), worker.value().getBytes(StandardCharsets.UTF_8),
                codecs.heartbeats().encode(topics.workers(), beat));
    }

    /** What a worker says that has stopped. */
    CommandPosition goodbye(WorkerId worker) {
        return send(topics.workers(), worker.value().getBytes(StandardCharsets.UTF_8), null);
    }

    /** The attempts of each job that stand in a lane. */
    Map<JobId, List<Integer>> attempts(String lane) {
        return read(lane).collect(Collectors.groupingBy(command -> JobId.parse(text(command.key())),
                Collectors.mapping(command -> command(command).attempt(), Collectors.toList())));
    }

    Fact.JobQueued command(ConsumerRecord<byte[], byte[]> rawRecord) {
        return codecs.commands().decode(rawRecord.topic(), rawRecord.value()).orElseThrow();
    }

    /** All requests that were written about a job. */
    List<Request> requests(JobId id) {
        return read(topics.control()).filter(control -> id.toString().equals(text(control.key())))
                .map(control -> codecs.control().decode(topics.control(), control.value()).orElseThrow())
                .toList();
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /**
     * The ends of all that projectors of this installation write: their changelogs, decisions and requests, and what Kafka
     * writes down of their commits.
     */
    Map<String, Long> writtenByProjectors() {
        String group = topics.prefix() + "projector";
        try (Consumer<byte[], byte[]> consumer = clients.consumer("test")) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.listTopics().forEach((topic, all) -> {
                if (topic.startsWith(group + "-") || topic.equals(topics.events()) || topic.equals(topics.control())) {
                    all.forEach(one -> partitions.add(new TopicPartition(topic, one.partition())));
                }
                if (topic.equals("__consumer_offsets")) {
                    // As the broker's coordinator of the group does it.
                    partitions.add(new TopicPartition(topic, Utils.abs(group.hashCode()) % all.size()));
                }
            });
            return consumer.endOffsets(partitions)
                    .entrySet()
                    .stream()
                    .collect(Collectors.groupingBy(end -> end.getKey().topic(),
                            Collectors.summingLong(Map.Entry::getValue)));
        }
    }

    /** All committed records that a topic has now. */
    Stream<ConsumerRecord<byte[], byte[]>> read(String topic) {
        try (Consumer<byte[], byte[]> consumer = clients.consumer("test")) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic)
                    .stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records.stream();
        }
    }

    CommandPosition send(String topic, byte[] key, byte @Nullable [] value) {
        try {
            RecordMetadata at = producer.send(new ProducerRecord<>(topic, key, value)).get();
            return new CommandPosition(at.topic(), at.partition(), at.offset());
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("Expected to write to " + topic + ", but " + e, e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
