package dev.leat.submit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import dev.leat.runtime.json.FieldError;
import dev.leat.runtime.json.ParamsValidator;

/** The OpenAPI document, and what it says about responses. */
public final class ApiDocument {

    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

    private final JsonNode root;
    private final ParamsValidator validator = new ParamsValidator();

    private ApiDocument(JsonNode root) {
        this.root = root;
    }

    /** As the build made it. */
    public static ApiDocument load() {
        try (InputStream yaml = ApiDocument.class.getResourceAsStream("/META-INF/swagger/leat-api.yml")) {
            return of(new String(Objects.requireNonNull(yaml).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ApiDocument of(String yaml) {
        try {
            return new ApiDocument(new YAMLMapper().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode root() {
        return root;
    }

    /** What is behind a {@code $ref}, or the node itself. */
    public JsonNode resolve(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        String reference = node.path("$ref").asText();
        JsonNode target = reference.startsWith("#/") ? root.at(reference.substring(1)) : root.path("");
        if (target.isMissingNode()) {
            throw new AssertionError("Expected something at " + reference + ", but there is nothing");
        }
        return resolve(target);
    }

    /** What is wrong with a JSON text by a schema of the document. */
    public List<FieldError> errors(JsonNode schema, String json) {
        ObjectNode whole = schema.isObject() ? schema.deepCopy() : new ObjectMapper().createObjectNode();
        whole.set("components", root.path("components"));
        return validator.validate(whole.toString(), json);
    }

    /** Fails where the document does not have such a response, or its body is not as the document says. */
    public void check(String method, String path, int status, String contentType, String body) {
        String where = method + " " + path + " → " + status + " " + contentType;
        JsonNode response = resolve(operation(method, path).path("responses").path(String.valueOf(status)));
        if (!response.isMissingNode() && !response.has("content") && body.isEmpty()) {
            return;
        }
        JsonNode media = response.path("content").path(contentType.replaceAll(";.*", ""));
        if (media.isMissingNode()) {
            throw new AssertionError("Expected the document to have " + where + ", which was " + body);
        }
        List<FieldError> errors = errors(media.path("schema"), body);
        if (!errors.isEmpty()) {
            throw new AssertionError("Expected the body of " + where + " as documented, but " + errors + ": " + body);
        }
    }

    private JsonNode operation(String method, String path) {
        return root.path("paths")
                .properties()
                .stream()
                .filter(entry -> path.matches(VARIABLE.matcher(entry.getKey()).replaceAll("[^/]+")))
                .min(Comparator.comparing(entry -> entry.getKey().contains("{")))
                .map(entry -> entry.getValue().path(method.toLowerCase(Locale.ROOT)))
                .orElseThrow(() -> new AssertionError("Expected the document to have " + path));
    }
}
