package dev.leat.runtime.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.leat.schemas.Topics;

/** The options that every service has. */
@OptionGroup("Every service")
public final class ServiceOptions {
    public static final Option<List<String>> BOOTSTRAP_SERVERS = Option
            .texts("leat.bootstrap.servers", "The Kafka brokers to ask first, each as host:port.")
            .check(servers -> !servers.isEmpty(), "not empty")
            .defaultsTo(List.of("127.0.0.1:9092"));

    public static final Option<Duration> STARTUP_TIMEOUT = Option
            .duration("leat.startup.timeout", "How long a service waits at its start for Kafka to answer.")
            .between(Duration.ofSeconds(1), Duration.ofHours(1))
            .defaultsTo(Duration.ofSeconds(60));

    public static final Option<List<URI>> SCHEMA_REGISTRY_URL = Option
            .urls("leat.schema.registry.url",
                    "The schema registry (Confluent's REST protocol), more than one for failover.")
            .check(urls -> !urls.isEmpty(), "not empty")
            .defaultsTo(List.of(URI.create("http://127.0.0.1:8081")));

    public static final Option<String> TOPIC_PREFIX = Option
            .text("leat.topic.prefix", "What the name of each topic and consumer group of Leat begins with.")
            .check(Topics::isPrefix, "1 to 61 letters, digits, '.', '_' and '-', ending with '.' or '-'")
            .defaultsTo(Topics.DEFAULT_PREFIX);

    public static final Option<Integer> PARTITIONS = Option
            .integer("leat.partitions",
                    "How many partitions each topic has. The same everywhere and fixed once the topics exist; where it is not set, the existing topics decide.")
            .unit("partitions")
            .between(1, 10_000)
            .defaultsTo(12);

    public static final Option<Optional<Integer>> REPLICATION_FACTOR = Option
            .integer("leat.replication.factor", "How many replicas a topic gets when Leat creates it.")
            .unit("replicas")
            .between(1, 100)
            .withoutDefault("the broker's default");

    public static final Option<String> HTTP_HOST = Option
            .text("leat.http.host", "The address that the HTTP server binds to; 0.0.0.0 for all.")
            .defaultsTo("127.0.0.1");

    public static final Option<Optional<Integer>> HTTP_PORT = Option
            .integer("leat.http.port", "The port of the HTTP server; 0 for any free one.")
            .between(0, 65_535)
            .withoutDefault("8080 for the API and for all in one, 8082 for the projector, 8083 for the worker");

    public static final Option<String> SERIALIZER = Option
            .text("leat.serde.serializer", "The class that writes Avro to Kafka; Confluent's KafkaAvroSerializer fits.")
            .defaultsTo("dev.leat.schemas.serde.AvroSerializer");

    public static final Option<String> DESERIALIZER = Option
            .text("leat.serde.deserializer",
                    "The class that reads Avro from Kafka; Confluent's KafkaAvroDeserializer fits.")
            .defaultsTo("dev.leat.schemas.serde.AvroDeserializer");

    public static final PrefixOption KAFKA = new PrefixOption("leat.kafka.",
            "Properties for all Kafka clients, such as `leat.kafka.security.protocol`.", kafkaRefused());

    public static final PrefixOption SCHEMA_REGISTRY = new PrefixOption("leat.schema.registry.",
            "Properties for the serializers, such as `leat.schema.registry.basic.auth.user.info`.", Map.of());

    private ServiceOptions() {}

    /** What the guarantees of Leat rest on, or what has an option of its own. */
    private static Map<String, String> kafkaRefused() {
        String guarantee = "is fixed by the guarantees of Leat";
        return Map.ofEntries(
                Map.entry("bootstrap.servers", "is leat.bootstrap.servers"),
                Map.entry("acks", guarantee),
                Map.entry("enable.idempotence", guarantee),
                Map.entry("retries", guarantee),
                Map.entry("transactional.id", guarantee),
                Map.entry("partitioner.class", guarantee),
                Map.entry("partitioner.ignore.keys", guarantee),
                Map.entry("isolation.level", guarantee),
                Map.entry("enable.auto.commit", guarantee),
                Map.entry("auto.offset.reset", guarantee),
                Map.entry("allow.auto.create.topics", guarantee),
                Map.entry("group.id", guarantee),
                Map.entry("group.protocol", "is leat.worker.group.protocol"),
                Map.entry("client.id", "is made by each service"),
                Map.entry("key.serializer", guarantee),
                Map.entry("value.serializer", guarantee),
                Map.entry("key.deserializer", guarantee),
                Map.entry("value.deserializer", guarantee));
    }
}
