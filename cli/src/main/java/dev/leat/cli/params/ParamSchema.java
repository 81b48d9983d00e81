package dev.leat.cli.params;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** What the JSON Schema of a job type says about one value; as much of it as is needed to read a word of a command line. */
record ParamSchema(JsonNode root, JsonNode node) {

    private static final List<String> ALTERNATIVES = List.of("anyOf", "oneOf", "allOf");

    static ParamSchema of(JsonNode root) {
        return new ParamSchema(root, root);
    }

    /** Of the member of an object. */
    ParamSchema member(String name) {
        for (JsonNode part : parts()) {
            if (part.path("properties").has(name)) {
                return new ParamSchema(root, part.path("properties").path(name));
            }
            if (part.path("additionalProperties").isObject()) {
                return new ParamSchema(root, part.path("additionalProperties"));
            }
        }
        return new ParamSchema(root, root.path("none"));
    }

    /** Whether an object has a member of this very name. */
    boolean names(String member) {
        return parts().stream().anyMatch(part -> part.path("properties").has(member));
    }

    /** Of the items of an array. */
    ParamSchema items() {
        return new ParamSchema(root, parts().stream()
                .map(part -> part.path("items"))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElse(root.path("none")));
    }

    /** The types that a value may have; none where nothing is said. */
    Set<String> types() {
        Set<String> types = new LinkedHashSet<>();
        for (JsonNode part : parts()) {
            JsonNode type = part.path("type");
            if (type.isTextual()) {
                types.add(type.asText());
            }
            type.valueStream().map(JsonNode::asText).forEach(types::add);
        }
        return types;
    }

    /** The texts that a value may be; none where any is. */
    List<String> choices() {
        return parts().stream()
                .flatMap(part -> part.path("enum").valueStream())
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }

    /** This schema and what it refers to or is put together from. */
    private List<JsonNode> parts() {
        List<JsonNode> parts = new ArrayList<>();
        collect(node, parts, 0);
        return parts;
    }

    private void collect(JsonNode part, List<JsonNode> parts, int depth) {
        if (!part.isObject() || depth > 8) {
            return;
        }
        parts.add(part);
        String reference = part.path("$ref").asText();
        if (reference.startsWith("#/")) {
            collect(root.at(reference.substring(1)), parts, depth + 1);
        }
        for (String alternative : ALTERNATIVES) {
            part.path(alternative).forEach(one -> collect(one, parts, depth + 1));
        }
    }
}
