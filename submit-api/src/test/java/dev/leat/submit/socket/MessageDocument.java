package dev.leat.submit.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.leat.runtime.json.FieldError;
import dev.leat.runtime.json.ParamsValidator;
import dev.leat.submit.ApiDocument;

/** The AsyncAPI document, with what it takes from the OpenAPI document, and what it says about messages. */
final class MessageDocument {

    private static final String RESOURCE = "/dev/leat/submit/docs/asyncapi.yaml";

    private final ApiDocument document;
    private final JsonNode apiSchemas;
    private final ParamsValidator validator = new ParamsValidator();

    private MessageDocument(ApiDocument document, JsonNode apiSchemas) {
        this.document = document;
        this.apiSchemas = apiSchemas;
    }

    static MessageDocument load() {
        try (InputStream yaml = MessageDocument.class.getResourceAsStream(RESOURCE)) {
            String text = new String(Objects.requireNonNull(yaml).readAllBytes(), UTF_8);
            ObjectNode root = (ObjectNode) ApiDocument.of(text.replace("./openapi.yaml#/", "#/openapi/")).root();
            String schemas = ApiDocument.load().root().path("components").path("schemas").toString();
            JsonNode apiSchemas = new ObjectMapper()
                    .readTree(schemas.replace("#/components/", "#/openapi/components/"));
            root.putObject("openapi").putObject("components").set("schemas", apiSchemas);
            return new MessageDocument(ApiDocument.of(root.toString()), apiSchemas);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode root() {
        return document.root();
    }

    JsonNode resolve(JsonNode reference) {
        return document.resolve(reference);
    }

    /** The messages that the server sends ("send"), as answers or not, or receives ("receive"). */
    List<JsonNode> messages(String action) {
        List<JsonNode> messages = new ArrayList<>();
        root().path("operations").forEach(operation -> {
            if (operation.path("action").asText().equals(action)) {
                operation.path("messages").forEach(message -> messages.add(resolve(message)));
            }
            if (action.equals("send")) {
                operation.path("reply").path("messages").forEach(message -> messages.add(resolve(message)));
            }
        });
        return messages.stream().distinct().toList();
    }

    /** What is wrong with a message by a schema of the document. */
    List<FieldError> errors(JsonNode payload, String message) {
        ObjectNode schema = payload.deepCopy();
        schema.putObject("components").set("schemas", root().path("components").path("schemas"));
        schema.putObject("openapi").putObject("components").set("schemas", apiSchemas);
        return validator.validate(schema.toString(), message);
    }

    /** Fails where the document does not have a message of such a form. */
    void check(String action, String message) {
        List<List<FieldError>> errors = messages(action).stream()
                .map(documented -> errors(documented.path("payload"), message))
                .toList();
        if (errors.stream().noneMatch(List::isEmpty)) {
            throw new AssertionError("Expected a documented message to " + action + ", but got " + message
                    + ", which has " + errors);
        }
    }
}
