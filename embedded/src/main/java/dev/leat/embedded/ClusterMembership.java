package dev.leat.embedded;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.apache.kafka.common.Uuid;

/**
 * A broker's place among the nodes of its cluster, all on this machine, each broker and controller in one. Who votes is
 * fixed: every node is started with the same cluster id and the same ports, each time.
 *
 * @param clusterId as {@link #newClusterId} draws it; counts when a data directory is formatted
 * @param nodeId this node
 * @param controllerPorts where each node's controller listens on loopback, by node id
 */
public record ClusterMembership(String clusterId, int nodeId, Map<Integer, Integer> controllerPorts) {

    /** Kafka's usual number: one broker may be away and nothing is lost, even if another one fails meanwhile. */
    private static final int MOST_REPLICAS = 3;
    private static final int ONLY_NODE = 1;

    public ClusterMembership {
        controllerPorts = Map.copyOf(controllerPorts);
        if (!controllerPorts.containsKey(nodeId)) {
            throw new IllegalArgumentException("Expected node %d to be one of the cluster, but its nodes are %s"
                    .formatted(nodeId, new TreeMap<>(controllerPorts).keySet()));
        }
    }

    /** A name for a new cluster. */
    public static String newClusterId() {
        return Uuid.randomUuid().toString();
    }

    /** The only node of a new cluster. */
    static ClusterMembership alone(int controllerPort) {
        return new ClusterMembership(newClusterId(), ONLY_NODE, Map.of(ONLY_NODE, controllerPort));
    }

    boolean isAlone() {
        return controllerPorts.size() == 1;
    }

    /** How many brokers hold each partition. */
    int replicas() {
        return Math.min(MOST_REPLICAS, controllerPorts.size());
    }

    /** How many of them have to have a record before it is acknowledged: as many as leave one free to be away. */
    int minInSyncReplicas() {
        return Math.max(1, replicas() - 1);
    }

    /** As {@code controller.quorum.voters} wants them. */
    String voters() {
        return controllerPorts.entrySet()
                .stream()
                .map(node -> "%d@%s:%d".formatted(node.getKey(), BrokerOptions.DEFAULT_HOST, node.getValue()))
                .sorted()
                .collect(Collectors.joining(","));
    }

    int controllerPort() {
        return controllerPorts.getOrDefault(nodeId, 0);
    }
}
