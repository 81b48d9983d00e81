package dev.leat.embedded;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartitionInfo;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("broker")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class BrokerOfClusterTest {

    private static final int NODES = 3;
    private static final String TOPIC = "shared";

    @TempDir
    Path folder;

    /** Those of node 1 first. */
    private final List<BrokerOptions> options = new ArrayList<>();
    private final List<EmbeddedBroker> brokers = new ArrayList<>();

    @BeforeEach
    void startAllNodes() throws IOException {
        String cluster = ClusterMembership.newClusterId();
        List<Integer> ports = freePorts(2 * NODES);
        Map<Integer, Integer> controllers = IntStream.rangeClosed(1, NODES)
                .boxed()
                .collect(Collectors.toMap(node -> node, node -> ports.get(node - 1)));
        for (int node = 1; node <= NODES; node++) {
            options.add(BrokerOptions.in(folder.resolve("node-" + node))
                    .withPort(ports.get(NODES + node - 1))
                    .withCluster(new ClusterMembership(cluster, node, controllers)));
        }
        // Platform threads: brokers hold locks while they wait for one another's class initializers, which pins carriers.
        List<CompletableFuture<EmbeddedBroker>> starting = options.stream()
                .map(node -> CompletableFuture.supplyAsync(() -> EmbeddedBroker.start(node),
                        start -> Thread.ofPlatform().daemon().start(start)))
                .toList();
        starting.forEach(broker -> brokers.add(broker.join()));
    }

    @AfterEach
    void stopAllNodes() {
        brokers.parallelStream().forEach(EmbeddedBroker::close);
    }

    @Test
    void shouldTakeRecordsWhileOneNodeIsAwayAndBringItUpToDateWhenItIsBack() throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty()))).all().get();
            Records.write(bootstrapServers(), TOPIC, List.of("all"));
            assertThat(partition(admin).replicas()).hasSize(NODES);

            int leader = partition(admin).leader().id() - 1;
            brokers.get(leader).close();
            Records.write(bootstrapServers(), TOPIC, List.of("without the former leader"));
            assertThat(partition(admin).isr()).hasSize(NODES - 1);

            brokers.set(leader, EmbeddedBroker.start(options.get(leader)));
            Awaitility.await("all replicas to be in sync")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> partition(admin).isr().size() == NODES);
            assertThat(brokers.get(leader).port()).isEqualTo(options.get(leader).port());
        }
        assertThat(Records.readAll(bootstrapServers(), TOPIC)).containsExactly("all", "without the former leader");
    }

    private String bootstrapServers() {
        return options.stream()
                .map(node -> node.host() + ":" + node.port())
                .collect(Collectors.joining(","));
    }

    private static TopicPartitionInfo partition(Admin admin) throws InterruptedException, ExecutionException {
        return admin.describeTopics(List.of(TOPIC)).allTopicNames().get().values().iterator().next().partitions()
                .getFirst();
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
