package dev.leat.runtime.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;

/**
 * Makes the Kafka clients of a process, so that all of them keep the same promises: producers are idempotent and wait
 * for all replicas, consumers see only what is committed and never commit by themselves, and with the broker gone
 * everything fails in seconds instead of Kafka's minutes. Keys and values are bytes; codecs work before and after.
 *
 * <p>What is given under {@code leat.kafka.} goes to the clients that know it, and to all where none does (an
 * interceptor's own). Whoever makes a client closes it, with a bound: Kafka's own is 30 s or none. Thread-safe.
 */
public final class KafkaClients {
    /** Unique in the JVM, as JMX beans and Kafka's log lines go by client id. */
    private static final AtomicInteger CLIENTS = new AtomicInteger();
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    /** Readers of what is committed are held back by an open transaction. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private final String bootstrapServers;
    private final Map<String, String> passedOn;

    public KafkaClients(Settings settings) {
        this.bootstrapServers = String.join(",", settings.get(ServiceOptions.BOOTSTRAP_SERVERS));
        this.passedOn = settings.get(ServiceOptions.KAFKA);
    }

    /** The brokers that clients ask first, for messages. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** A producer that is idempotent and waits for all in-sync replicas. */
    public Producer<byte[], byte[]> producer(ProducerProfile profile) {
        return new KafkaProducer<>(producerProperties(profile));
    }

    /**
     * Such a producer that writes in transactions, under a name that nobody has or will have: what it leaves open when
     * its process dies, the broker ends after {@link #TRANSACTION_TIMEOUT}.
     */
    public Producer<byte[], byte[]> transactionalProducer(ProducerProfile profile) {
        Map<String, Object> properties = producerProperties(profile);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "leat-" + profile.purpose() + "-" + UUID.randomUUID());
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, millis(TRANSACTION_TIMEOUT));
        return new KafkaProducer<>(properties);
    }

    /** A consumer without a group, for {@code assign}. */
    public Consumer<byte[], byte[]> consumer(String purpose) {
        return new KafkaConsumer<>(consumerProperties(purpose));
    }

    public Admin admin(String purpose) {
        return Admin.create(adminProperties(purpose));
    }

    /** An admin client whose calls fail after the given time at most, where that is shorter than usual. */
    Admin admin(String purpose, Duration patience) {
        Map<String, Object> properties = adminProperties(purpose);
        Duration call = min(CALL_TIMEOUT, patience);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(min(REQUEST_TIMEOUT, call)));
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(call));
        return Admin.create(properties);
    }

    /** What {@link #producer} uses; the caller may change the map. */
    public Map<String, Object> producerProperties(ProducerProfile profile) {
        Map<String, Object> properties = client(profile.purpose());
        Duration request = min(REQUEST_TIMEOUT, profile.patience().minus(profile.linger()));
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, profile.linger().toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(request));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(profile.patience()));
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, profile.patience().toMillis());
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return withPassedOn(properties, ProducerConfig.configNames());
    }

    /** What {@link #consumer} uses; the caller may change the map, and adds the group where it wants one. */
    public Map<String, Object> consumerProperties(String purpose) {
        Map<String, Object> properties = client(purpose);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST_TIMEOUT));
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(CALL_TIMEOUT));
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return withPassedOn(properties, ConsumerConfig.configNames());
    }

    /** What {@link #admin} uses; the caller may change the map. */
    public Map<String, Object> adminProperties(String purpose) {
        Map<String, Object> properties = client(purpose);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST_TIMEOUT));
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(CALL_TIMEOUT));
        return withPassedOn(properties, AdminClientConfig.configNames());
    }

    /**
     * The brokers and all that is given under {@code leat.kafka.}: the base of a Kafka Streams configuration, whose
     * own promises its owner adds.
     */
    public Map<String, Object> streamsProperties() {
        Map<String, Object> properties = new HashMap<>(passedOn);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return properties;
    }

    private Map<String, Object> client(String purpose) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, "leat-" + purpose + "-" + CLIENTS.incrementAndGet());
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        properties.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 3_000);
        properties.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 5_000);
        return properties;
    }

    /** Leaves out what only other clients know, as Kafka would warn about each at every start. */
    private Map<String, Object> withPassedOn(Map<String, Object> properties, Set<String> known) {
        Set<String> others = new TreeSet<>(ProducerConfig.configNames());
        others.addAll(ConsumerConfig.configNames());
        others.addAll(AdminClientConfig.configNames());
        others.removeAll(known);
        passedOn.forEach((name, value) -> {
            if (!others.contains(name)) {
                properties.put(name, value);
            }
        });
        return properties;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
