package dev.leat.e2e.chaos;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.leat.e2e.JvmProcess;
import dev.leat.embedded.BrokerOptions;
import dev.leat.embedded.ClusterMembership;
import dev.leat.embedded.EmbeddedBroker;

/** One broker of a cluster, as a process. It comes back on the same port with the same data. */
public final class BrokerNode extends JvmProcess {

    private static final int HEAP = 320;
    /** What a test cannot wait for: a killed broker's partitions are led by others when its session is over. */
    private static final Map<String, String> QUICK_FAILOVER = Map.of("broker.session.timeout.ms", "4000",
            "broker.heartbeat.interval.ms", "1000");

    /**
     * Starts nothing yet.
     *
     * @param folder where the nodes' data and logs are
     * @param port where clients connect
     */
    BrokerNode(Path folder, int port, ClusterMembership cluster) {
        super(folder.resolve("broker-" + cluster.nodeId() + ".log"), BrokerNode.class.getName(), HEAP,
                List.of(folder.resolve("broker-" + cluster.nodeId()).toString(), String.valueOf(port),
                        cluster.clusterId(), String.valueOf(cluster.nodeId()), written(cluster.controllerPorts())));
    }

    /** Runs one broker until it is told to stop, or meets a fault: data folder, port, cluster id, node id, controllers. */
    public static void main(String[] arguments) {
        ClusterMembership cluster = new ClusterMembership(arguments[2], Integer.parseInt(arguments[3]),
                read(arguments[4]));
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(Path.of(arguments[0]))
                .withPort(Integer.parseInt(arguments[1]))
                .withCluster(cluster)
                .withOverrides(QUICK_FAILOVER));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        System.out.println("Broker " + cluster.nodeId() + " is ready at " + broker.bootstrapServers());
        broker.fault().toCompletableFuture().join();
        System.exit(1);
    }

    private static String written(Map<Integer, Integer> controllers) {
        return controllers.entrySet()
                .stream()
                .map(node -> node.getKey() + ":" + node.getValue())
                .collect(Collectors.joining(","));
    }

    private static Map<Integer, Integer> read(String controllers) {
        return Arrays.stream(controllers.split(",", -1))
                .map(node -> node.split(":", 2))
                .collect(Collectors.toMap(node -> Integer.valueOf(node[0]), node -> Integer.valueOf(node[1])));
    }
}
