package dev.leat.projector;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Request;
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
    private final Topics topics;
    private final Codecs codecs;
    private final Producer<byte[], byte[]> producer;

    FactLog(Settings settings, String prefix) {
        this.settings = settings;
        this.topics = new Topics(prefix);
        this.codecs = ConfiguredCodecs.of(settings, topics, Duration.ofSeconds(10));
        this.producer = new KafkaClients(settings)
                .producer(new ProducerProfile("test", Duration.ofMillis(1), Duration.ofSeconds(20)));
    }

    /** Makes the lanes of a plugin. */
    FactLog withPlugin(String plugin) throws InterruptedException {
        new TopicProvisioner(new KafkaClients(settings), settings).provision(List.of(plugin));
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

    CommandPosition event(JobId id, Fact fact) {
        return send(topics.events(), id.toString().getBytes(StandardCharsets.UTF_8),
                codecs.events().encode(topics.events(), fact));
    }

    CommandPosition control(JobId id, Request request) {
        return send(topics.control(), id.toString().getBytes(StandardCharsets.UTF_8),
                codecs.control().encode(topics.control(), request));
    }

    CommandPosition send(String topic, byte[] key, byte[] value) {
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
