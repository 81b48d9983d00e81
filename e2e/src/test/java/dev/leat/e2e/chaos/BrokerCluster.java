package dev.leat.e2e.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;

import dev.leat.embedded.ClusterMembership;

/**
 * Brokers as processes, three replicas of everything, of which two have to have a record. Any thread may ask; its nodes
 * are for one thread each.
 */
final class BrokerCluster implements AutoCloseable {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private final List<BrokerNode> nodes;
    private final List<Integer> ports;
    private final Admin admin;

    private BrokerCluster(List<BrokerNode> nodes, List<Integer> ports) {
        this.nodes = nodes;
        this.ports = ports;
        this.admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers(),
                "default.api.timeout.ms", (int) ANSWER_LIMIT.toMillis(),
                "request.timeout.ms", (int) ANSWER_LIMIT.toMillis() / 2));
    }

    /** A cluster of as many nodes, on free ports, none of which is started yet. */
    static BrokerCluster of(int size, Path folder) throws IOException {
        List<Integer> ports = FreePorts.find(2 * size);
        Map<Integer, Integer> controllers = IntStream.rangeClosed(1, size)
                .boxed()
                .collect(Collectors.toMap(node -> node, node -> ports.get(size + node - 1)));
        String clusterId = ClusterMembership.newClusterId();
        List<BrokerNode> nodes = new ArrayList<>();
        for (int node = 1; node <= size; node++) {
            nodes.add(new BrokerNode(folder, ports.get(node - 1), new ClusterMembership(clusterId, node, controllers)));
        }
        return new BrokerCluster(List.copyOf(nodes), ports.subList(0, size));
    }

    /** That of node 1 first. */
    List<BrokerNode> nodes() {
        return nodes;
    }

    String bootstrapServers() {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** Whether every replica of every partition has all records, so that any one broker may go. */
    boolean isInSync() throws InterruptedException {
        try {
            Set<String> topics = answer(admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
            return answer(admin.describeTopics(topics).allTopicNames()).values()
                    .stream()
                    .map(TopicDescription::partitions)
                    .flatMap(List::stream)
                    .allMatch(partition -> partition.isr().size() == partition.replicas().size());
        } catch (ExecutionException | TimeoutException away) {
            return false;
        }
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(2 * ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Kills all nodes. */
    @Override
    public void close() {
        admin.close(Duration.ZERO);
        nodes.forEach(BrokerNode::close);
    }
}
