package dev.leat.testkit;

/** The broker and the schema registry that the tests of one JVM share. Tests keep apart by topic prefixes. Any thread may use it. */
public interface KafkaCluster {

    /** Where clients connect: {@code host:port}. */
    String bootstrapServers();

    /** What {@code schema.registry.url} has to say. */
    String schemaRegistryUrl();

    /** A topic prefix such as {@code t7.} that no other caller in this JVM has got. */
    String newPrefix();
}
