package dev.leat.embedded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.leat.embedded.JournalEntry.SchemaRegistered;

/**
 * The part of the Confluent Schema Registry's REST protocol that clients need to write, read and evolve Avro records.
 * Nothing is deleted here.
 */
final class RegistryRoutes {

    /**
     * One operation.
     *
     * @param path its segments; an asterisk takes any one
     * @param answer gives what is written as JSON, a {@link String} of JSON as it is
     */
    record Route(String method, List<String> path, Function<RegistryRequest, Object> answer) {

        /** What the asterisks stand for; empty where the path is another one. */
        Optional<List<String>> match(List<String> segments) {
            if (segments.size() != path.size()) {
                return Optional.empty();
            }
            List<String> arguments = new ArrayList<>();
            for (int i = 0; i < path.size(); i++) {
                if (path.get(i).equals("*")) {
                    arguments.add(segments.get(i));
                } else if (!path.get(i).equals(segments.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(arguments);
        }
    }

    /** An answer that is JSON already. */
    record Raw(String json) {}

    private final RegistryService registry;
    private final List<Route> routes = new ArrayList<>();

    RegistryRoutes(RegistryService registry) {
        this.registry = registry;
        addSubjects();
        addSchemas();
        addLevels();
        addCompatibility();
    }

    List<Route> routes() {
        return List.copyOf(routes);
    }

    private void addSubjects() {
        add("GET", "", request -> Map.of());
        add("GET", "subjects", request -> registry.subjects());
        add("POST", "subjects/*", request -> described(registry.find(request.argument(0), request.schema())));
        add("GET", "subjects/*/versions",
                request -> registry.versions(request.argument(0)).stream().map(SchemaRegistered::version).toList());
        add("POST", "subjects/*/versions",
                request -> Map.of("id", registry.register(request.argument(0), request.schema()).id()));
        add("GET", "subjects/*/versions/*",
                request -> described(registry.version(request.argument(0), request.argument(1))));
        add("GET", "subjects/*/versions/*/schema",
                request -> new Raw(registry.version(request.argument(0), request.argument(1)).schema()));
    }

    private void addSchemas() {
        add("GET", "schemas/types", request -> List.of("AVRO"));
        add("GET", "schemas/ids/*", request -> Map.of("schema", registry.schema(request.id())));
        add("GET", "schemas/ids/*/schema", request -> new Raw(registry.schema(request.id())));
        add("GET", "schemas/ids/*/subjects",
                request -> registry.uses(request.id()).stream().map(SchemaRegistered::subject).toList());
        add("GET", "schemas/ids/*/versions",
                request -> registry.uses(request.id()).stream()
                        .map(use -> Map.of("subject", use.subject(), "version", use.version())).toList());
    }

    private void addLevels() {
        add("GET", "config", request -> Map.of("compatibilityLevel", registry.level()));
        add("PUT", "config", request -> {
            registry.setLevel(request.level());
            return Map.of("compatibility", request.level());
        });
        add("GET", "config/*", request -> Map.of("compatibilityLevel",
                registry.level(request.argument(0), request.flag("defaultToGlobal"))));
        add("PUT", "config/*", request -> {
            registry.setLevel(request.argument(0), request.level());
            return Map.of("compatibility", request.level());
        });
    }

    private void addCompatibility() {
        add("POST", "compatibility/subjects/*/versions", request -> compatibility(request, Optional.empty()));
        add("POST", "compatibility/subjects/*/versions/*",
                request -> compatibility(request, Optional.of(request.argument(1))));
    }

    private Object compatibility(RegistryRequest request, Optional<String> version) {
        List<String> violations = registry.violations(request.argument(0), version, request.schema());
        return request.flag("verbose")
                ? Map.of("is_compatible", violations.isEmpty(), "messages", violations)
                : Map.of("is_compatible", violations.isEmpty());
    }

    private static Map<String, Object> described(SchemaRegistered registered) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("subject", registered.subject());
        description.put("version", registered.version());
        description.put("id", registered.id());
        description.put("schema", registered.schema());
        return description;
    }

    private void add(String method, String path, Function<RegistryRequest, Object> answer) {
        routes.add(new Route(method, path.isEmpty() ? List.of() : List.of(path.split("/")), answer));
    }
}
