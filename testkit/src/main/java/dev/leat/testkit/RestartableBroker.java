package dev.leat.testkit;

import java.util.Map;
import java.util.Optional;

import dev.leat.embedded.BrokerOptions;
import dev.leat.embedded.EmbeddedBroker;

/**
 * A broker of a test's own, for what happens while the broker is gone. It comes back on the same port with the same data.
 * Its folder is deleted by {@link #close()}. Starting and stopping are for one thread at a time; both lock.
 */
public final class RestartableBroker implements AutoCloseable {

    private final TemporaryFolder folder = TemporaryFolder.create();
    private BrokerOptions options;
    private Optional<EmbeddedBroker> running = Optional.empty();

    private RestartableBroker(Map<String, String> overrides) {
        this.options = BrokerOptions.in(folder.path()).withOverrides(overrides);
    }

    /** A started broker on a free port. */
    public static RestartableBroker start() {
        return start(Map.of());
    }

    /** A started broker on a free port with these settings of Kafka's over Leat's own. */
    public static RestartableBroker start(Map<String, String> overrides) {
        RestartableBroker broker = new RestartableBroker(overrides);
        try {
            broker.restart();
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
        return broker;
    }

    /** Where clients connect; the same after each restart, and also while the broker is stopped. */
    public synchronized String bootstrapServers() {
        return options.host() + ":" + options.port();
    }

    /** Stops the broker in an orderly way. Does nothing where it is stopped. */
    public synchronized void stop() {
        running.ifPresent(EmbeddedBroker::close);
        running = Optional.empty();
    }

    /** Stops the broker where it runs and starts it on the same port. */
    public synchronized void restart() {
        stop();
        EmbeddedBroker started = EmbeddedBroker.start(options);
        options = options.withPort(started.port());
        running = Optional.of(started);
    }

    @Override
    public void close() {
        try (folder) {
            stop();
        }
    }
}
