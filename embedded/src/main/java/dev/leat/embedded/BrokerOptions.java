package dev.leat.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How an {@link EmbeddedBroker} is started.
 *
 * @param dataDirectory holds the topics and the metadata; created and formatted where it is empty, re-used otherwise
 * @param host the address to bind and to advertise, loopback by default
 * @param port the port to bind, 0 for any free one
 * @param cluster the cluster that the broker is a node of; empty where it stands alone, as by default
 * @param overrides Kafka broker settings that win over Leat's own, by Kafka's names
 */
public record BrokerOptions(Path dataDirectory, String host, int port, Optional<ClusterMembership> cluster,
        Map<String, String> overrides) {

    /** Loopback, so that nobody else's machine reaches a broker that asks for no credentials. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    public BrokerOptions {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        overrides = Map.copyOf(overrides);
        if (host.isBlank()) {
            throw new IllegalArgumentException("Expected a host to bind the broker to, but it is blank");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Expected a broker port from 0 to 65535, but it is " + port);
        }
    }

    /** Loopback, any free port, alone, no overrides. */
    public static BrokerOptions in(Path dataDirectory) {
        return new BrokerOptions(dataDirectory, DEFAULT_HOST, 0, Optional.empty(), Map.of());
    }

    /** The same options with this host. */
    public BrokerOptions withHost(String newHost) {
        return new BrokerOptions(dataDirectory, newHost, port, cluster, overrides);
    }

    /** The same options with this port, 0 for any free one. */
    public BrokerOptions withPort(int newPort) {
        return new BrokerOptions(dataDirectory, host, newPort, cluster, overrides);
    }

    /** The same options for a node of this cluster. */
    public BrokerOptions withCluster(ClusterMembership newCluster) {
        return new BrokerOptions(dataDirectory, host, port, Optional.of(newCluster), overrides);
    }

    /** The same options with these overrides in place of the former ones. */
    public BrokerOptions withOverrides(Map<String, String> newOverrides) {
        return new BrokerOptions(dataDirectory, host, port, cluster, newOverrides);
    }
}
