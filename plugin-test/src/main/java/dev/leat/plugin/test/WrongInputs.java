package dev.leat.plugin.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes params that no worker may accept of params that are right. Pure. */
final class WrongInputs {

    private static final JsonMapper MAPPER = new JsonMapper();

    private WrongInputs() {}

    /** The same params with a field too many, and with each of the fields in turn of another type. */
    static List<String> of(String validParams) {
        ObjectNode valid = object(validParams);
        List<String> wrong = new ArrayList<>();
        wrong.add("[]");
        wrong.add(valid.deepCopy().put("leat-knows-no-such-field", 1).toString());
        for (Map.Entry<String, JsonNode> field : valid.properties()) {
            ObjectNode changed = valid.deepCopy();
            changed.set(field.getKey(), ofAnotherType(field.getValue()));
            wrong.add(changed.toString());
        }
        return wrong;
    }

    private static JsonNode ofAnotherType(JsonNode value) {
        return value.isBoolean() ? TextNode.valueOf("neither") : BooleanNode.TRUE;
    }

    private static ObjectNode object(String params) {
        try {
            return MAPPER.readValue(params, ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Expected params as an object in JSON, but got " + params, e);
        }
    }
}
