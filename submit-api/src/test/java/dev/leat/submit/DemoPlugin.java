package dev.leat.submit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import dev.leat.domain.Backoff;
import dev.leat.domain.JobPolicy;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PluginDescriptor;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.WorkerId;
import dev.leat.domain.limit.PluginUse;
import dev.leat.runtime.kafka.ConfiguredCodecs;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.ProducerProfile;
import dev.leat.runtime.kafka.TopicProvisioner;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;

/** What a worker that hosts a plugin leaves on Kafka: lanes, the plugin's description, heartbeats. */
public final class DemoPlugin implements AutoCloseable {

    public static final JobTypeDescriptor PRIME = new JobTypeDescriptor(new JobTypeName("demo", "prime"),
            "Finds all primes up to a limit.", Lane.NORMAL, JobPolicy.DEFAULT, new Json("""
                    {"type":"object","additionalProperties":false,"properties":{
                     "limit":{"type":"integer","minimum":100,"maximum":100000},
                     "label":{"type":"string"}}}"""),
            new Json("{\"type\":\"object\"}"));
    public static final JobTypeDescriptor ECHO = new JobTypeDescriptor(new JobTypeName("demo", "echo"),
            "Gives back what it got.", Lane.LOW,
            new JobPolicy(5, Backoff.constant(Duration.ofSeconds(2)), Duration.ofMinutes(1), Duration.ofHours(1)),
            new Json("{\"type\":\"object\"}"), new Json("{}"));
    public static final JobTypeDescriptor LATE = new JobTypeDescriptor(new JobTypeName("demo", "late"),
            "Comes and goes.", Lane.LOW, JobPolicy.DEFAULT, new Json("{\"type\":\"object\"}"), new Json("{}"));
    public static final JobTypeDescriptor BROKEN = new JobTypeDescriptor(new JobTypeName("demo", "broken"),
            "Announced with a schema of no use.", Lane.NORMAL, JobPolicy.DEFAULT,
            new Json("{\"$ref\":\"http://elsewhere/\"}"),
            new Json("{}"));

    private final Topics topics;
    private final Codecs codecs;
    private final Producer<byte[], byte[]> producer;

    private DemoPlugin(Settings settings) {
        KafkaClients clients = new KafkaClients(settings);
        topics = new Topics(settings.get(ServiceOptions.TOPIC_PREFIX));
        codecs = ConfiguredCodecs.of(settings, topics, Duration.ofSeconds(10));
        producer = clients.producer(new ProducerProfile("demo-plugin", Duration.ZERO, Duration.ofSeconds(30)));
    }

    /** Makes the lanes and announces the plugin. */
    public static DemoPlugin announce(Settings settings) throws Exception {
        int _ = new TopicProvisioner(new KafkaClients(settings), settings).provision(List.of("demo"));
        DemoPlugin plugin = new DemoPlugin(settings);
        plugin.publish(List.of(PRIME, ECHO, BROKEN));
        return plugin;
    }

    public Topics topics() {
        return topics;
    }

    public Codecs codecs() {
        return codecs;
    }

    public void publish(List<JobTypeDescriptor> jobTypes) throws Exception {
        write(topics.plugins(), "demo",
                codecs.plugins().encode(topics.plugins(), new PluginDescriptor("demo", jobTypes)));
    }

    public void beat(String worker, long sequence, int slots, int freeSlots) throws Exception {
        WorkerHeartbeat beat = new WorkerHeartbeat(new WorkerId(worker), sequence, Instant.EPOCH, Instant.EPOCH,
                "mill", "0.1.0", List.of("demo"), slots, freeSlots, 1,
                List.of(new PluginUse("demo", slots - freeSlots, Optional.empty())), Duration.ofSeconds(10));
        write(topics.workers(), worker, codecs.heartbeats().encode(topics.workers(), beat));
    }

    public void write(String topic, String key, byte[] value) throws Exception {
        var _ = producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)).get();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
