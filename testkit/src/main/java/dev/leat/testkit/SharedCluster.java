package dev.leat.testkit;

import java.util.concurrent.atomic.AtomicInteger;

import dev.leat.embedded.BrokerOptions;
import dev.leat.embedded.EmbeddedBroker;

/** Broker of a JVM's tests in a temporary folder. */
final class SharedCluster implements KafkaCluster, AutoCloseable {

    private final TemporaryFolder folder;
    private final EmbeddedBroker broker;
    private final AtomicInteger prefixes = new AtomicInteger();

    private SharedCluster(TemporaryFolder folder, EmbeddedBroker broker) {
        this.folder = folder;
        this.broker = broker;
    }

    static SharedCluster start() {
        TemporaryFolder folder = TemporaryFolder.create();
        try {
            return new SharedCluster(folder, EmbeddedBroker.start(BrokerOptions.in(folder.path())));
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public String newPrefix() {
        return "t" + prefixes.incrementAndGet() + ".";
    }

    @Override
    public void close() {
        try (folder; broker) {
            // Closed in this order: the broker, then its folder.
        }
    }
}
