package dev.leat.schemas.serde;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * A schema as other languages write it. Java's code generator marks every string of a generated class's schema with
 * {@code avro.java.string}; registered like that, it would be another schema than the one that a Node client registers
 * from the same file, with another id.
 */
final class PortableSchema {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PortableSchema() {}

    /** The schema's JSON text without what only Java's generated classes add. */
    static String jsonOf(Schema schema) {
        try {
            return JSON.writeValueAsString(strip(JSON.readTree(schema.toString())));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes where types stand and nowhere else, so that a default value is never touched. */
    private static JsonNode strip(JsonNode type) {
        return switch (type) {
            case ObjectNode object -> stripType(object);
            case ArrayNode union -> {
                List<JsonNode> branches = new ArrayList<>();
                union.forEach(branch -> branches.add(strip(branch)));
                yield union.removeAll().addAll(branches);
            }
            default -> type;
        };
    }

    private static JsonNode stripType(ObjectNode type) {
        boolean marked = type.remove(GenericData.STRING_PROP) != null;
        for (String part : List.of("items", "values")) {
            if (type.has(part)) {
                type.set(part, strip(type.get(part)));
            }
        }
        for (JsonNode field : type.path("fields")) {
            ((ObjectNode) field).set("type", strip(field.get("type")));
        }
        return marked && type.size() == 1 ? TextNode.valueOf(type.get("type").asText()) : type;
    }
}
