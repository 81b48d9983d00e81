package dev.leat.embedded;

import java.net.URI;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A request that has found its route.
 *
 * @param arguments what stands in the path where the route has an asterisk, decoded
 * @param query raw, empty where there is none
 * @param body as it came, empty where there is none
 */
record RegistryRequest(List<String> arguments, String query, String body) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    String argument(int index) {
        return arguments.get(index);
    }

    /** The id in the path. */
    int id() {
        try {
            return Integer.parseInt(argument(0));
        } catch (NumberFormatException e) {
            throw RegistryException.schemaNotFound(argument(0));
        }
    }

    boolean flag(String name) {
        return Arrays.asList(query.split("&")).contains(name + "=true");
    }

    /** The schema that the body brings. */
    String schema() {
        JsonNode body = json();
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw RegistryException.invalidSchema("expected schemaType AVRO, but it is " + type);
        }
        if (!body.path("references").isEmpty()) {
            throw RegistryException.invalidSchema("this registry knows no references to other schemas");
        }
        JsonNode schema = body.path("schema");
        if (!schema.isTextual() || schema.textValue().isBlank()) {
            throw RegistryException.invalidSchema("expected a field \"schema\" with the schema as a string");
        }
        return schema.textValue();
    }

    /** The level that the body brings. */
    CompatibilityLevel level() {
        String name = json().path("compatibility").asText();
        return CompatibilityLevel.named(name).orElseThrow(() -> RegistryException.invalidLevel(name));
    }

    private JsonNode json() {
        try {
            JsonNode json = MAPPER.readTree(body);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // Answered below; the parser's own words show what the caller sent.
        }
        throw RegistryException.badRequest("Expected a JSON object as body, but it is something else.");
    }

    /** The path's segments, decoded; empty where an escape is broken. */
    static Optional<List<String>> segments(URI uri) {
        try {
            return Optional.of(Arrays.stream(uri.getRawPath().split("/"))
                    .filter(segment -> !segment.isEmpty())
                    // In a path a plus is a plus.
                    .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), UTF_8))
                    .toList());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
