package dev.leat.worker;

import java.time.Duration;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.ProducerProfile;
import dev.leat.runtime.settings.Settings;

/** The Kafka clients that only a worker has. Thread-safe. */
record WorkerClients(KafkaClients clients, Settings settings, String group) {

    /** About as long as Kafka's client can count; what it must not give up, it does not. */
    private static final Duration FOR_EVER = Duration.ofDays(20);
    private static final Duration FULL_BUFFER = Duration.ofSeconds(5);
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);
    private static final Duration GROUP_HEARTBEAT = Duration.ofSeconds(2);
    /** What a record has besides the result, at most. */
    private static final long ENVELOPE = 64 << 10;
    private static final long MAX_REQUEST = 1 << 20;

    /** A member of the workers' group. */
    Consumer<byte[], byte[]> member() {
        Map<String, Object> properties = clients.consumerProperties("worker-claim");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        switch (settings.get(WorkerOptions.GROUP_PROTOCOL)) {
            case CONSUMER -> {
                properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
                // Shares out each topic by itself. The default only counts partitions: a worker may get low lanes alone,
                // and then works on those while high jobs wait for another.
                properties.put(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, "range");
            }
            case CLASSIC -> {
                properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
                properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                        CooperativeStickyAssignor.class.getName());
                properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION_TIMEOUT.toMillis());
                properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) GROUP_HEARTBEAT.toMillis());
            }
        }
        return new KafkaConsumer<>(properties);
    }

    /** For facts that somebody waits for: nothing waits for company. */
    Producer<byte[], byte[]> claimProducer() {
        return patient("worker-claims", Duration.ZERO, 2 * MAX_REQUEST);
    }

    /** For facts of attempts, which nobody waits for. */
    Producer<byte[], byte[]> factProducer() {
        return patient("worker-facts", Duration.ofMillis(2),
                Math.max(MAX_REQUEST, settings.get(WorkerOptions.MAX_RESULT_SIZE).bytes() + ENVELOPE));
    }

    /** For what is old news in seconds. */
    Producer<byte[], byte[]> heartbeatProducer() {
        return clients.producer(new ProducerProfile("worker-heartbeat", Duration.ZERO, Duration.ofSeconds(5)));
    }

    /** For what stays true until something else is announced. */
    Producer<byte[], byte[]> announcementProducer() {
        return clients.producer(new ProducerProfile("worker-announce", Duration.ZERO, Duration.ofSeconds(10)));
    }

    private Producer<byte[], byte[]> patient(String purpose, Duration linger, long maxRequest) {
        Map<String, Object> properties = clients.producerProperties(new ProducerProfile(purpose, linger, FOR_EVER));
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, FULL_BUFFER.toMillis());
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Math.toIntExact(maxRequest));
        return new KafkaProducer<>(properties);
    }
}
