package dev.leat.e2e;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.yaml.snakeyaml.Yaml;

/** The compose file of the repository, as its services are once aliases and merges are resolved. */
final class ComposeFile {

    static final Path PATH = Path.of("..", "docker-compose.yml");

    private final Map<?, ?> services;

    private ComposeFile(Map<?, ?> services) {
        this.services = services;
    }

    static ComposeFile read() {
        try {
            Map<?, ?> file = new Yaml().load(Files.readString(PATH));
            return new ComposeFile((Map<?, ?>) requireNonNull(file.get("services"), "services"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all services. */
    List<String> names() {
        return services.keySet().stream().map(String::valueOf).sorted().toList();
    }

    /** The names of the services that run this role of Leat. */
    List<String> running(String role) {
        return names().stream().filter(name -> List.of(role).equals(service(name).get("command"))).toList();
    }

    Map<String, String> environment(String name) {
        Map<?, ?> environment = (Map<?, ?>) requireNonNull(service(name).get("environment"), name);
        return environment.entrySet()
                .stream()
                .collect(Collectors.toMap(entry -> String.valueOf(entry.getKey()),
                        entry -> String.valueOf(entry.getValue()), (_, last) -> last, TreeMap::new));
    }

    /** What a service says under a key; empty text where it says nothing. */
    String value(String name, String key) {
        Object value = service(name).get(key);
        return value == null ? "" : String.valueOf(value);
    }

    private Map<?, ?> service(String name) {
        return (Map<?, ?>) requireNonNull(services.get(name), name);
    }
}
