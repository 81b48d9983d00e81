package dev.leat.launcher;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What may be said of everything in one process. */
final class UpOptions {

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

    /** Starts everything and returns when all of it is ready. */
    AllInOne start() throws InterruptedException {
        return new AllInOne(data, new AllInOne.Ports(brokerPort, registryPort),
                defaults -> configuration.load(defaults, flags()));
    }

    Path data() {
        return data.toAbsolutePath().normalize();
    }

    private Map<String, String> flags() {
        return plugins.map(folder -> Map.of("leat.plugins.dir", folder.toString())).orElse(Map.of());
    }
}
