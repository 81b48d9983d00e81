package dev.leat.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a broker for Leat is told: as many replicas as its cluster can hold, one where it stands alone, quick membership,
 * little memory, no topics that nobody asked for. Flushing is left to the operating system, so a killed process loses nothing and a power cut may lose
 * the last seconds.
 */
final class BrokerSettings {

    static final String CLIENT_LISTENER = "PLAINTEXT";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final long MIB = 1024 * 1024;

    private BrokerSettings() {}

    /** Ports are the ones that are bound already. Overrides win. */
    static Map<String, String> of(BrokerOptions options, Path logDirectory, int port, ClusterMembership cluster) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.putAll(identity(options.host(), logDirectory, port, cluster));
        settings.putAll(topics(String.valueOf(cluster.replicas()), String.valueOf(cluster.minInSyncReplicas())));
        settings.putAll(groups());
        settings.putAll(resources());
        settings.putAll(options.overrides());
        return settings;
    }

    private static Map<String, String> identity(String host, Path logDirectory, int port, ClusterMembership cluster) {
        return Map.of(
                "process.roles", "broker,controller",
                "node.id", Integer.toString(cluster.nodeId()),
                "controller.quorum.voters", cluster.voters(),
                "controller.listener.names", CONTROLLER_LISTENER,
                "inter.broker.listener.name", CLIENT_LISTENER,
                "listeners", "%s://%s:%d,%s://127.0.0.1:%d".formatted(
                        CLIENT_LISTENER, bracketed(host), port, CONTROLLER_LISTENER, cluster.controllerPort()),
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs", logDirectory.toString());
    }

    private static Map<String, String> topics(String replicas, String minInSync) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", replicas);
        settings.put("min.insync.replicas", minInSync);
        settings.put("offsets.topic.replication.factor", replicas);
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", replicas);
        settings.put("transaction.state.log.min.isr", minInSync);
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", replicas);
        settings.put("share.coordinator.state.topic.min.isr", minInSync);
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        return settings;
    }

    /**
     * A dead worker's queued jobs wait for the session timeout; KIP-848 takes it from the broker, whose own default and
     * minimum are 45 s. Classic members bring their own and may go down to Kafka's default minimum of 6 s, as here.
     */
    private static Map<String, String> groups() {
        return Map.of(
                "group.consumer.session.timeout.ms", "6000",
                "group.consumer.min.session.timeout.ms", "6000",
                "group.consumer.heartbeat.interval.ms", "1000",
                "group.consumer.min.heartbeat.interval.ms", "500",
                "group.consumer.assignment.interval.ms", "0",
                "group.initial.rebalance.delay.ms", "0",
                // Its default of 20 ms is what every second of two transactions in a row waits for.
                "add.partitions.to.txn.retry.backoff.ms", "1");
    }

    private static Map<String, String> resources() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "4");
        settings.put("num.recovery.threads.per.data.dir", Integer.toString(Runtime.getRuntime().availableProcessors()));
        settings.put("log.segment.bytes", Long.toString(64 * MIB));
        settings.put("log.index.size.max.bytes", Long.toString(MIB));
        settings.put("offsets.topic.segment.bytes", Long.toString(8 * MIB));
        settings.put("transaction.state.log.segment.bytes", Long.toString(8 * MIB));
        settings.put("metadata.log.segment.bytes", Long.toString(16 * MIB));
        // Allocated in full at start; holds 300,000 keys a pass.
        settings.put("log.cleaner.dedupe.buffer.size", Long.toString(8 * MIB));
        // Nobody reads them over JMX here, and two brokers in one JVM would quarrel over the names.
        settings.put("metric.reporters", "");
        return settings;
    }

    /** IPv6 literals need brackets in front of a port. */
    static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
