package dev.leat.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.leat.runtime.settings.Settings;

/** Starts one role against a broker and a registry that run elsewhere. */
abstract class RoleCommand implements Callable<Integer> {

    /** A broker that is away at first is waited for, and so is what this waits on. */
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(5);

    private final Role role;

    @Mixin
    private ConfigurationFlags configuration = new ConfigurationFlags();

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT,…", description = "The Kafka brokers to ask first (default: 127.0.0.1:9092).")
    private Optional<String> bootstrapServers = Optional.empty();

    @Option(names = "--schema-registry", paramLabel = "URL", description = "The schema registry (default: http://127.0.0.1:8081).")
    private Optional<String> schemaRegistry = Optional.empty();

    private RoleCommand(Role role) {
        this.role = role;
    }

    /** What the role's own flags say, by option key. */
    abstract Map<String, String> flags();

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> flags = new HashMap<>(flags());
        bootstrapServers.ifPresent(servers -> flags.put("leat.bootstrap.servers", servers));
        schemaRegistry.ifPresent(url -> flags.put("leat.schema.registry.url", url));
        Settings settings = configuration.load(Map.of(), flags);
        Services services = Services.start(Set.of(role), settings, Services.freePort(settings, role.port()));
        ShutdownSignal shutdown = ShutdownSignal.closing(services, services.fault());
        services.awaitReady(READY_TIMEOUT);
        System.out.println("Leat " + role.name().toLowerCase(Locale.ROOT) + " is ready at " + services.url());
        return shutdown.await();
    }

    @Command(name = "api", mixinStandardHelpOptions = true, versionProvider = Version.class, description = "Starts one submit API.")
    static final class Api extends RoleCommand {

        @Option(names = "--projectors", paramLabel = "URL,…", description = "Where projectors answer (default: http://127.0.0.1:8082).")
        private Optional<String> projectors = Optional.empty();

        Api() {
            super(Role.API);
        }

        @Override
        Map<String, String> flags() {
            return projectors.map(urls -> Map.of("leat.api.projectors", urls)).orElse(Map.of());
        }
    }

    @Command(name = "worker", mixinStandardHelpOptions = true, versionProvider = Version.class, description = "Starts one worker.")
    static final class Worker extends RoleCommand {

        @Option(names = "--slots", paramLabel = "N", description = "How many attempts run at once (default: 8).")
        private Optional<Integer> slots = Optional.empty();

        @Option(names = "--plugins", paramLabel = "DIR", description = "A folder of plugins; what is dropped in, replaced or removed takes effect while the worker runs.")
        private Optional<Path> plugins = Optional.empty();

        Worker() {
            super(Role.WORKER);
        }

        @Override
        Map<String, String> flags() {
            Map<String, String> flags = new HashMap<>();
            slots.ifPresent(number -> flags.put("leat.worker.slots", String.valueOf(number)));
            plugins.ifPresent(folder -> flags.put("leat.plugins.dir", folder.toString()));
            return flags;
        }
    }

    @Command(name = "projector", mixinStandardHelpOptions = true, versionProvider = Version.class, description = "Starts one status projector.")
    static final class Projector extends RoleCommand {

        @Option(names = "--state", paramLabel = "DIR", description = "The folder of its state stores.")
        private Optional<String> state = Optional.empty();

        Projector() {
            super(Role.PROJECTOR);
        }

        @Override
        Map<String, String> flags() {
            return state.map(folder -> Map.of("leat.projector.state.dir", folder)).orElse(Map.of());
        }
    }
}
