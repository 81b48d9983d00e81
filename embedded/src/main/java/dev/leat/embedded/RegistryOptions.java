package dev.leat.embedded;

/**
 * How an {@link EmbeddedRegistry} is started.
 *
 * @param bootstrapServers the Kafka cluster that keeps the journal, as {@code host:port,…}
 * @param host the loopback address to bind
 * @param port the port to bind, 0 for any free one
 * @param topic the journal; created with one partition and compaction where it is missing
 */
public record RegistryOptions(String bootstrapServers, String host, int port, String topic) {

    /** Apart from Leat's own prefix: one cluster has one registry, whatever the prefixes of its users. */
    public static final String DEFAULT_TOPIC = "_leat-schemas";

    public RegistryOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Expected a registry port from 0 to 65535, but it is " + port);
        }
    }

    /** Loopback, any free port, the default journal. */
    public static RegistryOptions on(String bootstrapServers) {
        return new RegistryOptions(bootstrapServers, BrokerOptions.DEFAULT_HOST, 0, DEFAULT_TOPIC);
    }

    /** The same options with this host, which has to be a loopback address. */
    public RegistryOptions withHost(String newHost) {
        return new RegistryOptions(bootstrapServers, newHost, port, topic);
    }

    /** The same options with this port, 0 for any free one. */
    public RegistryOptions withPort(int newPort) {
        return new RegistryOptions(bootstrapServers, host, newPort, topic);
    }

    /** The same options with this journal. */
    public RegistryOptions withTopic(String newTopic) {
        return new RegistryOptions(bootstrapServers, host, port, newTopic);
    }
}
