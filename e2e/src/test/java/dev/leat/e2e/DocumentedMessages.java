package dev.leat.e2e;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yaml.snakeyaml.Yaml;

import dev.leat.runtime.json.FieldError;
import dev.leat.runtime.json.ParamsValidator;

/** What the AsyncAPI document that a gateway serves says about the messages that gateways send. Thread-safe. */
final class DocumentedMessages {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> schemas = new ArrayList<>();
    private final ParamsValidator validator = new ParamsValidator();

    DocumentedMessages(LeatApi gateway) throws Exception {
        JsonNode messages = yaml(gateway.get("/api/v1/asyncapi.yaml").body().replace("./openapi.yaml#/", "#/openapi/"));
        JsonNode http = yaml(gateway.get("/api/v1/openapi.yaml").body().replace("#/components/",
                "#/openapi/components/"));
        messages.path("components").path("messages").forEach(message -> {
            ObjectNode schema = message.path("payload").deepCopy();
            schema.putObject("components").set("schemas", messages.at("/components/schemas"));
            schema.putObject("openapi").putObject("components").set("schemas", http.at("/components/schemas"));
            schemas.add(schema.toString());
        });
    }

    private static JsonNode yaml(String text) {
        return JSON.valueToTree(new Yaml().load(text));
    }

    /** Fails where there is no message of such a form. */
    void check(String message) {
        List<List<FieldError>> errors = schemas.stream().map(schema -> validator.validate(schema, message)).toList();
        if (errors.stream().noneMatch(List::isEmpty)) {
            throw new AssertionError("Expected a documented message, but got " + message + ", which has " + errors);
        }
    }
}
