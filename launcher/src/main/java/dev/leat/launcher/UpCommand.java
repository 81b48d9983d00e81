package dev.leat.launcher;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts everything in one process and says where it is. */
@Command(name = "up", mixinStandardHelpOptions = true, versionProvider = Version.class, description = "Starts everything: broker, schema registry, API, worker and projector, all on loopback.")
final class UpCommand implements Callable<Integer> {

    @Mixin
    private ConfigurationFlags configuration = new ConfigurationFlags();

    @Option(names = "--data", paramLabel = "DIR", defaultValue = ".leat", description = "The folder that keeps every job over restarts (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(".leat");

    @Option(names = "--broker-port", paramLabel = "PORT", defaultValue = "9092", description = "The port of the Kafka broker; 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int brokerPort;

    @Option(names = "--registry-port", paramLabel = "PORT", defaultValue = "8081", description = "The port of the schema registry; 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int registryPort;

    @Option(names = "--plugins", paramLabel = "DIR", description = "A folder of plugins; what is dropped in, replaced or removed takes effect while Leat runs.")
    private Optional<Path> plugins = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        long began = System.nanoTime();
        AllInOne leat = new AllInOne(data, new AllInOne.Ports(brokerPort, registryPort),
                defaults -> configuration.load(defaults, flags()));
        ShutdownSignal shutdown = ShutdownSignal.closing(leat, leat.fault());
        System.out.printf("""

                Leat is ready at %s (after %.1f s)

                  Dashboard        %s/
                  API              %s/api/v1/jobs
                  API description  %s/api/docs
                  Kafka            %s
                  Schema registry  %s
                  Data             %s

                Stop it with Ctrl-C; every job is still there at the next start.
                """, leat.url(), (System.nanoTime() - began) / 1e9, leat.url(), leat.url(), leat.url(),
                leat.bootstrapServers(), leat.registryUrl(), data.toAbsolutePath().normalize());
        return shutdown.await();
    }

    private Map<String, String> flags() {
        return plugins.map(folder -> Map.of("leat.plugins.dir", folder.toString())).orElse(Map.of());
    }
}
