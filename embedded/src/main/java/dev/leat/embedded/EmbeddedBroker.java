package dev.leat.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server$;
import kafka.server.SharedServer;

import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.Controller;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A real Kafka broker in this JVM, broker and KRaft controller in one: alone, or a node of a cluster
 * ({@link ClusterMembership}). It asks for no credentials, so it belongs on loopback.
 *
 * <p>Invariants: a data directory has one live broker at most ({@link DataDirectoryLock}). Both ports are bound before
 * anything of Kafka starts, and Kafka is handed the bound sockets, so a taken port is found before a file is touched and
 * nobody can take a free port in between.
 *
 * <p>The only class that names Kafka's internals. Starting and closing are for one thread at a time; both lock.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(10);
    private static final Duration CONTROLLER_LIMIT = Duration.ofSeconds(30);
    /** Written by Kafka into a log directory as its last act. */
    private static final String CLEAN_SHUTDOWN_MARK = ".kafka_cleanshutdown";
    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    private final BrokerOptions options;
    private final Path logDirectory;
    private final CompletableFuture<Throwable> fault = new CompletableFuture<>();
    /** What has to be undone, last one first. Guarded by this. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private int port;

    private EmbeddedBroker(BrokerOptions options) {
        this.options = options;
        this.logDirectory = options.dataDirectory().resolve("log");
    }

    /**
     * Starts a broker and returns when it serves clients. A node of a cluster waits for as many others as it takes to
     * elect a controller, so the first ones are started at the same time.
     *
     * @throws PortTakenException when another process has the port
     * @throws DataDirectoryInUseException when another live broker has the data directory
     * @throws IllegalArgumentException when the options cannot work
     * @throws IllegalStateException when Kafka could not be started; what was started is stopped again
     */
    public static EmbeddedBroker start(BrokerOptions options) {
        if (WILDCARDS.contains(options.host()) && !options.overrides().containsKey("advertised.listeners")) {
            throw new IllegalArgumentException(
                    "Expected a host that clients can connect to, but it is " + options.host()
                            + ": name the host, or say how clients reach it with the override advertised.listeners");
        }
        EmbeddedBroker broker = new EmbeddedBroker(options);
        try {
            broker.open();
            return broker;
        } catch (RuntimeException | Error e) {
            broker.close();
            throw e;
        } catch (Exception e) {
            broker.close();
            throw new IllegalStateException("Expected the broker on " + options.dataDirectory() + " to start, but " + e,
                    e);
        }
    }

    /** Where clients connect: {@code host:port}. */
    public String bootstrapServers() {
        String host = WILDCARDS.contains(options.host()) ? BrokerOptions.DEFAULT_HOST : options.host();
        return BrokerSettings.bracketed(host) + ":" + port;
    }

    /** The bound port, also where 0 was asked for. */
    public int port() {
        return port;
    }

    /**
     * Completes with the cause when Kafka meets a fault after which it cannot go on (where a stand-alone broker would end
     * its process). It never completes otherwise, also not by closing. One fault is out of reach: Kafka halts the JVM when the
     * disk under the data directory fails.
     */
    public CompletionStage<Throwable> fault() {
        return fault.minimalCompletionStage();
    }

    private synchronized void open() throws Exception {
        opened.push(DataDirectoryLock.take(options.dataDirectory()));
        ServerSocketChannel clients = bind("broker", options.host(), options.port());
        opened.push(clients);
        ServerSocketChannel quorum = bind("controller", BrokerOptions.DEFAULT_HOST,
                options.cluster().map(ClusterMembership::controllerPort).orElse(0));
        opened.push(quorum);
        port = portOf(clients);

        int controllerPort = portOf(quorum);
        ClusterMembership cluster = options.cluster().orElseGet(() -> ClusterMembership.alone(controllerPort));
        KafkaConfig config = new KafkaConfig(BrokerSettings.of(options, logDirectory, port, cluster), false);
        boolean used = Files.exists(logDirectory.resolve("meta.properties"));
        boolean stoppedCleanly = Files.exists(logDirectory.resolve(CLEAN_SHUTDOWN_MARK));
        if (!used) {
            format(cluster);
        }
        serve(config, cluster.isAlone() && used && !stoppedCleanly,
                Map.of(BrokerSettings.CLIENT_LISTENER, clients, BrokerSettings.CONTROLLER_LISTENER, quorum));
    }

    private void serve(KafkaConfig config, boolean wasKilledAlone, Map<String, ServerSocketChannel> sockets)
            throws Exception {
        var directories = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        var metrics = Server$.MODULE$.initializeMetrics(config, Time.SYSTEM,
                directories._1().clusterId().orElseThrow());
        SharedServer shared = new SharedServer(config, directories._1(), Time.SYSTEM, metrics,
                CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(), this::faultHandler, handingOut(sockets));
        // The controller starts first: the broker registers with it. It stops last: the broker takes its leave from it.
        ControllerServer controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
        opened.push(controller::shutdown);
        controller.startup();
        if (wasKilledAlone) {
            forgetKilledBroker(controller.controller(), config.nodeId());
        }
        BrokerServer broker = new BrokerServer(shared);
        opened.push(() -> broker.shutdown(SHUTDOWN_LIMIT));
        broker.startup();
    }

    /**
     * The controller would wait for the session of a killed broker to run out (9 s) before it takes the next one with the
     * same id. The lock on the data directory proves that the former one is dead, so its registration is dropped at once;
     * its partitions stay its own and come back with it. In a cluster the session is awaited: as a rule another
     * node's controller leads, and the others serve the partitions meanwhile.
     */
    private static void forgetKilledBroker(Controller controller, int nodeId) throws Exception {
        long deadline = System.nanoTime() + CONTROLLER_LIMIT.toNanos();
        while (true) {
            var context = new ControllerRequestContext(new RequestHeaderData(), KafkaPrincipal.ANONYMOUS,
                    OptionalLong.of(deadline));
            try {
                controller.unregisterBroker(context, nodeId).get();
                return;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof BrokerIdNotRegisteredException) {
                    return;
                }
                if (!(e.getCause() instanceof NotControllerException) || System.nanoTime() > deadline) {
                    throw e;
                }
                // Still reading its log; there is no future to wait for.
                Thread.sleep(10);
            }
        }
    }

    private void format(ClusterMembership cluster) throws Exception {
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8))
                .setNodeId(cluster.nodeId())
                .setClusterId(cluster.clusterId())
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(logDirectory.toString())
                .addDirectory(logDirectory.toString())
                .setHasDynamicQuorum(false);
        formatter.run();
    }

    private static ServerSocketChannel bind(String what, String host, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("Expected a host to bind the " + what + " to, but nobody knows " + host);
        }
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(address);
            return channel;
        } catch (BindException e) {
            channel.close();
            throw new PortTakenException(what, host, port, e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static int portOf(ServerSocketChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    private static ServerSocketFactory handingOut(Map<String, ServerSocketChannel> sockets) {
        return (listener, address, backlog, receiveBuffer) -> {
            ServerSocketChannel bound = sockets.get(listener);
            return bound != null && bound.isOpen()
                    ? bound
                    : ServerSocketFactory.INSTANCE.openServerSocket(listener, address, backlog, receiveBuffer);
        };
    }

    /** In the place of Kafka's own, which ends the process. */
    private FaultHandler faultHandler(String name, boolean fatal, Runnable action) {
        return (message, cause) -> {
            LOG.error("Broker on {}: {} failed: {}", options.dataDirectory(), name, message, cause);
            action.run();
            RuntimeException failure = new IllegalStateException(name + ": " + message, cause);
            if (fatal) {
                fault.complete(failure);
            }
            return failure;
        };
    }

    /** Stops what runs and gives the data directory free, within some seconds. A second call does nothing. */
    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.warn("Broker on {}: expected a clean stop, but {}", options.dataDirectory(), e.toString(), e);
            }
        }
    }
}
