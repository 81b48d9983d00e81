package dev.leat.e2e.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.leat.e2e.LeatProcess;
import dev.leat.schemas.Topics;

/**
 * All of Leat as real processes on this machine: three brokers, a schema registry, two projectors, three workers, two
 * APIs. Each comes back on the same port, where the others look for it.
 */
final class Installation implements AutoCloseable {

    static final int PARTITIONS = 6;
    static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

    private static final int BROKERS = 3;
    private static final int PROJECTORS = 2;
    private static final int WORKERS = 3;
    private static final int APIS = 2;
    private static final int HEAP = 256;

    private final Path folder;
    private final Path plugins;
    private final BrokerCluster brokers;
    private final RegistryNode registry;
    private final String registryUrl;
    private final List<URI> projectorUrls;
    private final List<URI> apiUrls;
    private final List<Node> nodes = new ArrayList<>();

    /** Starts nothing yet. */
    Installation(Path folder) throws IOException {
        this.folder = folder;
        this.plugins = folder.resolve("plugins");
        ChaosPlugins.writeTo(plugins);
        this.brokers = BrokerCluster.of(BROKERS, folder);
        List<Integer> ports = FreePorts.find(1 + PROJECTORS + APIS + WORKERS);
        this.registry = new RegistryNode(folder, ports.getFirst(), brokers.bootstrapServers());
        this.registryUrl = "http://127.0.0.1:" + ports.getFirst();
        this.projectorUrls = urls(ports.subList(1, 1 + PROJECTORS));
        this.apiUrls = urls(ports.subList(1 + PROJECTORS, 1 + PROJECTORS + APIS));
        brokers.nodes().forEach(broker -> nodes.add(new Node(Role.BROKER, "broker-" + (nodes.size() + 1), broker)));
        addServices(urls(ports.subList(1 + PROJECTORS + APIS, ports.size())));
    }

    private static List<URI> urls(List<Integer> ports) {
        return ports.stream().map(port -> URI.create("http://127.0.0.1:" + port)).toList();
    }

    private void addServices(List<URI> workerUrls) {
        for (int i = 0; i < PROJECTORS; i++) {
            String name = "projector-" + (i + 1);
            Path state = folder.resolve(name);
            nodes.add(new Node(Role.PROJECTOR, name, service(name, "projector", projectorUrls.get(i), "--state",
                    state.toString(), "--set", "leat.projector.cache.size=16MB"), Optional.of(state)));
        }
        for (int i = 0; i < WORKERS; i++) {
            String name = "worker-" + (i + 1);
            nodes.add(new Node(Role.WORKER, name, service(name, "worker", workerUrls.get(i), "--slots", "16",
                    "--plugins", plugins.toString())));
        }
        String projectors = projectorUrls.stream().map(URI::toString).collect(Collectors.joining(","));
        for (int i = 0; i < APIS; i++) {
            String name = "api-" + (i + 1);
            nodes.add(new Node(Role.API, name, service(name, "api", apiUrls.get(i), "--projectors", projectors)));
        }
    }

    private LeatProcess service(String name, String role, URI url, String... more) {
        List<String> arguments = new ArrayList<>(List.of(role, "--bootstrap-servers", brokers.bootstrapServers(),
                "--schema-registry", registryUrl, "--port", String.valueOf(url.getPort()), "--set",
                "leat.partitions=" + PARTITIONS, "--set", "leat.startup.timeout=5m"));
        arguments.addAll(Arrays.asList(more));
        return new LeatProcess(folder.resolve(name + ".log"), HEAP, arguments);
    }

    /** Starts what the services stand on, brokers and registry, and returns when it is ready. */
    void startFoundation() throws IOException, InterruptedException {
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Object>> starts = new ArrayList<>();
            brokers.nodes().forEach(broker -> starts.add(() -> {
                broker.start();
                return broker;
            }));
            for (Future<Object> start : starters.invokeAll(starts)) {
                start.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("Expected every broker to start, but: " + e.getMessage(), e);
        }
        registry.start();
    }

    /** All processes that something may happen to. */
    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    List<Node> nodes(Role role) {
        return nodes.stream().filter(node -> node.role() == role).toList();
    }

    /** Whether any one broker may go without harm. */
    boolean canSpareABroker() throws InterruptedException {
        return brokers.isInSync();
    }

    List<URI> apiUrls() {
        return apiUrls;
    }

    String bootstrapServers() {
        return brokers.bootstrapServers();
    }

    String registryUrl() {
        return registryUrl;
    }

    /** Kills all processes. */
    @Override
    public void close() {
        nodes.forEach(node -> node.process().close());
        registry.close();
        brokers.close();
    }
}
