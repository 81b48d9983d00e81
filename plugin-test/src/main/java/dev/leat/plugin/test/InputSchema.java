package dev.leat.plugin.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;

/** The JSON Schema of an input record. */
record InputSchema(JsonNode schema) {

    private static final JsonMapper MAPPER = new JsonMapper();

    static InputSchema of(String json) {
        try {
            return new InputSchema(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Expected a schema in JSON, but got " + json, e);
        }
    }

    /** The fields of which no description says what they mean. */
    List<String> undescribed() {
        return schema.path("properties").properties().stream()
                .filter(field -> field.getValue().path("description").asText().isBlank()).map(Map.Entry::getKey)
                .toList();
    }
}
