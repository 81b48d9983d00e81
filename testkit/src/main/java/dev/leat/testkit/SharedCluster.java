package dev.leat.testkit;

import java.util.concurrent.atomic.AtomicInteger;

import dev.leat.embedded.BrokerOptions;
import dev.leat.embedded.EmbeddedBroker;
import dev.leat.embedded.EmbeddedRegistry;
import dev.leat.embedded.RegistryOptions;

/** Broker and registry of a JVM's tests in a temporary folder. */
final class SharedCluster implements KafkaCluster, AutoCloseable {

    private final TemporaryFolder folder;
    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private final AtomicInteger prefixes = new AtomicInteger();

    private SharedCluster(TemporaryFolder folder, EmbeddedBroker broker, EmbeddedRegistry registry) {
        this.folder = folder;
        this.broker = broker;
        this.registry = registry;
    }

    static SharedCluster start() {
        TemporaryFolder folder = TemporaryFolder.create();
        try {
            EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(folder.path()));
            try {
                return new SharedCluster(folder, broker,
                        EmbeddedRegistry.start(RegistryOptions.on(broker.bootstrapServers())));
            } catch (RuntimeException e) {
                broker.close();
                throw e;
            }
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
    public String schemaRegistryUrl() {
        return registry.url();
    }

    @Override
    public String newPrefix() {
        return "t" + prefixes.incrementAndGet() + ".";
    }

    @Override
    public void close() {
        try (folder; broker; registry) {
            // Closed from the last to the first.
        }
    }
}
