package dev.leat.projector;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.apache.kafka.streams.state.HostInfo;

import dev.leat.projector.topology.JobTopology;
import dev.leat.projector.topology.SaneTimestamps;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;

/**
 * How Kafka Streams is run.
 *
 * <p>Members are dynamic and leave the group when they stop: measured, a stopped projector's partitions are served by
 * another within a second, where a static member would keep them unserved for the session timeout.
 */
final class StreamsProperties {

    /** The least that brokers allow by default. A killed projector's partitions are moved when it is over. */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);
    /** What a killed projector wrote last holds back readers of the same partitions until then. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);
    /** A broker that is away is waited for, as giving up would help nobody. */
    private static final Duration TASK_TIMEOUT = Duration.ofDays(7);
    /** How soon the lanes of a new plugin are found. */
    private static final Duration METADATA_AGE = Duration.ofSeconds(2);
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);
    /** So long a thread without work takes no notice of its alarms and of its commit interval. */
    private static final Duration POLL = Duration.ofMillis(25);
    private static final Duration PROBING_INTERVAL = Duration.ofMinutes(1);

    private StreamsProperties() {}

    static Properties of(Settings settings, HostInfo self, BoundedRocksDb.Memory memory) {
        Map<String, Object> map = new HashMap<>(tunable());
        map.putAll(new KafkaClients(settings).streamsProperties());
        map.putAll(guarantees());
        map.putAll(chosen(settings));
        map.put(StreamsConfig.APPLICATION_SERVER_CONFIG, self.host() + ":" + self.port());
        map.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        map.put(BoundedRocksDb.MEMORY, memory);
        Properties properties = new Properties();
        properties.putAll(map);
        return properties;
    }

    /** The Streams application of an installation, and so its consumer group. */
    static String applicationId(Settings settings) {
        return settings.get(ServiceOptions.TOPIC_PREFIX) + "projector";
    }

    /** What {@code leat.kafka.…} may change. */
    private static Map<String, Object> tunable() {
        return Map.of(
                StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), millis(SESSION_TIMEOUT),
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                millis(SESSION_TIMEOUT.dividedBy(3)),
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), millis(TRANSACTION_TIMEOUT),
                StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4",
                StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 100,
                ConsumerConfig.METADATA_MAX_AGE_CONFIG, millis(METADATA_AGE));
    }

    private static Map<String, Object> guarantees() {
        Map<String, Object> map = new HashMap<>();
        map.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        map.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL.toMillis());
        map.put(StreamsConfig.POLL_MS_CONFIG, POLL.toMillis());
        map.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, SaneTimestamps.class);
        // What a processor throws is no poison: that ends in dead letters. It is an outage or a bug; skipping loses facts.
        map.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        map.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, TASK_TIMEOUT.toMillis());
        // The fold takes topics in any order, so there is no reason to wait for the slowest.
        map.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
        map.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_INTERVAL.toMillis());
        map.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), JobTopology.MAX_JOB_BYTES);
        map.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 2L * JobTopology.MAX_JOB_BYTES);
        map.put(StreamsConfig.topicPrefix(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG), "0.2");
        return map;
    }

    private static Map<String, Object> chosen(Settings settings) {
        Map<String, Object> map = new HashMap<>();
        map.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(settings));
        map.put(StreamsConfig.STATE_DIR_CONFIG, settings.get(ProjectorOptions.STATE_DIR).toAbsolutePath().toString());
        map.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.get(ProjectorOptions.THREADS));
        map.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.get(ProjectorOptions.STANDBYS));
        map.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, settings.get(ProjectorOptions.CACHE_SIZE).bytes());
        settings.get(ServiceOptions.REPLICATION_FACTOR)
                .ifPresent(factor -> map.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, factor));
        return map;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
