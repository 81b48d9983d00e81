package dev.leat.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

/** The document by itself: every reference leads somewhere, and every example is as its schema says. */
class ApiDocumentTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final Set<String> SUCCESS = Set.of("200", "201", "202");
    private static final String WITHOUT_BODY = "204";
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    private final ApiDocument document = ApiDocument.load();

    @Test
    void shouldBeOpenApi31() {
        assertThat(document.root().path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.root().path("info").path("title").asText()).isEqualTo("Leat");
        assertThat(document.root().path("info").path("description").asText()).contains("RFC 9457", "Leat-Position");
        assertThat(document.root().path("info").path("license").path("identifier").asText()).isEqualTo("Apache-2.0");
    }

    @Test
    void shouldResolveEveryReference() {
        List<String> seen = new ArrayList<>();
        walk(document.root(), node -> {
            if (node.has("$ref")) {
                assertThat(document.resolve(node)).as(node.toString()).isNotEmpty();
                seen.add(node.toString());
            }
        });
        assertThat(seen).hasSizeGreaterThan(50);
    }

    @Test
    void shouldUseEverythingThatItDefines() {
        // given
        Set<String> used = new TreeSet<>();
        walk(document.root(), node -> {
            if (node.has("$ref")) {
                used.add(node.path("$ref").asText());
            }
        });

        // when
        Set<String> defined = new TreeSet<>();
        document.root()
                .path("components")
                .properties()
                .forEach(kind -> kind.getValue()
                        .fieldNames()
                        .forEachRemaining(name -> defined.add("#/components/" + kind.getKey() + "/" + name)));

        // then
        assertThat(defined).isEqualTo(used);
    }

    @Test
    void shouldDescribeEachOperation() {
        Set<String> ids = new HashSet<>();
        operations((where, operation) -> {
            assertThat(operation.path("summary").asText()).as(where).isNotBlank();
            assertThat(operation.path("tags")).as(where).hasSize(1);
            assertThat(ids.add(operation.path("operationId").asText())).as(where + " has an id of its own").isTrue();
            List<String> names = new ArrayList<>();
            operation.path("parameters")
                    .forEach(parameter -> names.add(document.resolve(parameter).path("name").asText()));
            Matcher variables = VARIABLE.matcher(where);
            while (variables.find()) {
                assertThat(names).as(where).contains(variables.group(1));
            }
        });
        assertThat(ids).hasSizeGreaterThan(10);
    }

    @Test
    void shouldDescribeEachParameterWithAnExampleThatIsRight() {
        List<String> checked = new ArrayList<>();
        operations((where, operation) -> operation.path("parameters").forEach(reference -> {
            JsonNode parameter = document.resolve(reference);
            String name = where + " " + parameter.path("name").asText();
            assertThat(parameter.path("description").asText()).as(name).isNotBlank();
            assertThat(parameter.has("schema") && parameter.has("example")).as(name).isTrue();
            assertThat(document.errors(parameter.path("schema"), parameter.path("example").toString())).as(name)
                    .isEmpty();
            checked.add(name);
        }));
        assertThat(checked).hasSizeGreaterThan(10);
    }

    @Test
    void shouldGiveEachBodyAnExampleThatIsRight() {
        List<String> checked = new ArrayList<>();
        operations((where, operation) -> {
            examples(where, "", operation.path("requestBody").path("content"), checked);
            operation.path("responses").properties().forEach(response -> {
                String code = response.getKey();
                if (code.equals(WITHOUT_BODY)) {
                    return;
                }
                JsonNode content = document.resolve(response.getValue()).path("content");
                String success = operation.path("tags").path(0).asText().equals("Streams")
                        ? "text/event-stream"
                        : "application/json";
                String type = SUCCESS.contains(code) || where.contains("/health/")
                        ? success
                        : "application/problem+json";
                assertThat(content.has(type)).as(where + " " + code + " has " + type).isTrue();
                examples(where, code, content, checked);
            });
        });
        assertThat(checked).hasSizeGreaterThan(40);
    }

    private void examples(String where, String code, JsonNode content, List<String> checked) {
        content.forEach(media -> {
            assertThat(media.path("examples")).as(where + " " + code).isNotEmpty();
            media.path("examples").properties().forEach(example -> {
                String name = where + " " + code + " " + example.getKey();
                JsonNode value = document.resolve(example.getValue()).path("value");
                assertThat(document.errors(media.path("schema"), value.toString())).as(name).isEmpty();
                if (value.path("status").isInt()) {
                    assertThat(value.path("status").asText()).as(name).isEqualTo(code);
                }
                checked.add(name);
            });
        });
    }

    private void operations(BiConsumer<String, JsonNode> visitor) {
        document.root()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> visitor.accept(operation.getKey() + " " + path.getKey(),
                                operation.getValue())));
    }

    /** Not into examples: what is there is data. */
    private static void walk(JsonNode node, Consumer<JsonNode> visitor) {
        visitor.accept(node);
        if (node.isArray()) {
            node.forEach(item -> walk(item, visitor));
        }
        node.properties().forEach(child -> {
            if (!child.getKey().equals("value") && !child.getKey().equals("example")) {
                walk(child.getValue(), visitor);
            }
        });
    }
}
