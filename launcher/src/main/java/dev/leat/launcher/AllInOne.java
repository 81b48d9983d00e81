package dev.leat.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import dev.leat.embedded.BrokerOptions;
import dev.leat.embedded.EmbeddedBroker;
import dev.leat.embedded.EmbeddedRegistry;
import dev.leat.embedded.RegistryOptions;
import dev.leat.runtime.settings.Settings;

/**
 * Broker, registry and every role in this one process, bound to loopback.
 *
 * <p>What is on disk is the broker's log and the projector's state; a process that was killed at any time finds both
 * again at its next start on the same data folder. Started and closed by one thread at a time.
 */
final class AllInOne implements AutoCloseable {

    private static final Duration READY_TIMEOUT = Duration.ofSeconds(90);

    /** Where broker and registry listen; 0 for any free port. */
    record Ports(int broker, int registry) {}

    private final Deque<Runnable> running = new ArrayDeque<>();
    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private final Services services;

    /**
     * Starts everything and returns when all of it is ready.
     *
     * @param data the folder of the broker's log and the projector's state
     * @param configure makes the settings from the defaults of this form of start
     */
    AllInOne(Path data, Ports ports, Function<Map<String, String>, Settings> configure)
            throws InterruptedException {
        int port = Services.freePort(configure.apply(Map.of()), Role.API.port());
        try {
            broker = EmbeddedBroker.start(BrokerOptions.in(data.resolve("broker")).withPort(ports.broker()));
            running.push(broker::close);
            registry = EmbeddedRegistry.start(RegistryOptions.on(broker.bootstrapServers()).withPort(ports.registry()));
            running.push(registry::close);
            services = Services.start(EnumSet.allOf(Role.class), configure.apply(defaults(data, port)), port);
            running.push(services::close);
            services.awaitReady(READY_TIMEOUT);
        } catch (RuntimeException | InterruptedException failure) {
            close();
            throw failure;
        }
    }

    /** Completes with the cause when a part cannot go on and only a new start can mend it; never otherwise. */
    CompletionStage<Throwable> fault() {
        return broker.fault().applyToEither(services.fault(), Function.identity());
    }

    URI url() {
        return services.url();
    }

    String registryUrl() {
        return registry.url();
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** One process needs few partitions, and starts faster with them; there is no other projector for a standby. */
    private Map<String, String> defaults(Path data, int port) {
        return Map.of(
                "leat.partitions", "4",
                "leat.bootstrap.servers", broker.bootstrapServers(),
                "leat.schema.registry.url", registry.url(),
                "leat.api.projectors", "http://" + BrokerOptions.DEFAULT_HOST + ":" + port,
                "leat.projector.standbys", "0",
                "leat.projector.state.dir", data.resolve("projector").toString());
    }

    /** Stops in the reverse order of the start, so that nothing loses what it stands on. */
    @Override
    public synchronized void close() {
        while (!running.isEmpty()) {
            running.pop().run();
        }
    }
}
