package dev.leat.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParamsValidatorTest {

    private static final String SCHEMA = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "properties": {
                "limit": {"type": "integer", "minimum": 2, "maximum": 5000000},
                "share": {"type": "number", "exclusiveMinimum": 0, "maximum": 1.5},
                "name": {"type": "string", "minLength": 1, "maxLength": 5, "pattern": "^[a-z]*$"},
                "mode": {"type": "string", "enum": ["FAST", "EXACT"]},
                "at": {"type": "string", "format": "date-time"},
                "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 3, "uniqueItems": true},
                "note": {"type": ["string", "null"]},
                "inner": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/Inner"}]},
                "a/b~c": {"type": "boolean"}
              },
              "required": ["limit"],
              "additionalProperties": false,
              "$defs": {"Inner": {"type": "object", "properties": {"x": {"type": "integer"}}, "required": ["x"],
                                  "additionalProperties": false}}
            }
            """;

    private final ParamsValidator validator = new ParamsValidator();

    @ParameterizedTest
    @ValueSource(strings = {"{\"limit\": 2}", "{\"limit\": 5000000}", "{\"limit\": 5.0}", "{\"limit\": 5e2}",
            "{\"limit\": 9, \"share\": 1.5}", "{\"limit\": 9, \"share\": 1}", "{\"limit\": 9, \"note\": null}",
            "{\"limit\": 9, \"inner\": null}", "{\"limit\": 9, \"inner\": {\"x\": 1}}",
            "{\"limit\": 9, \"name\": \"abc\", \"mode\": \"FAST\", \"at\": \"2026-11-22T10:00:00Z\", \"tags\": [\"a\", \"b\"]}"})
    void shouldAcceptWhatTheSchemaAllows(String params) {
        assertThat(validator.validate(SCHEMA, params)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{}|/limit|Expected a value, but there is none",
            "{\"limit\": \"5\"}|/limit|Expected a whole number, but got the text \"5\"",
            "{\"limit\": 1.5}|/limit|Expected a whole number, but got 1.5",
            "{\"limit\": true}|/limit|Expected a whole number, but got true",
            "{\"limit\": null}|/limit|Expected a whole number, but got null",
            "{\"limit\": [5]}|/limit|Expected a whole number, but got a list",
            "{\"limit\": {}}|/limit|Expected a whole number, but got an object",
            "{\"limit\": 1}|/limit|Expected at least 2, but got 1",
            "{\"limit\": 5000001}|/limit|Expected at most 5000000, but got 5000001",
            "{\"limit\": 1e30}|/limit|Expected at most 5000000, but got 1000000000000000000000000000000",
            "{\"limit\": 18446744073709551620}|/limit|Expected at most 5000000, but got 18446744073709551620",
            "{\"limit\": 9, \"share\": 0}|/share|Expected more than 0, but got 0",
            "{\"limit\": 9, \"share\": 1.6}|/share|Expected at most 1.5, but got 1.6",
            "{\"limit\": 9, \"name\": \"\"}|/name|Expected text of at least 1 characters, but got the text \"\"",
            "{\"limit\": 9, \"name\": \"abcdef\"}|/name|Expected text of at most 5 characters, but got the text \"abcdef\"",
            "{\"limit\": 9, \"name\": \"A\"}|/name|Expected text that matches ^[a-z]*$, but got the text \"A\"",
            "{\"limit\": 9, \"name\": \"a\\n\"}|/name|`Expected text that matches ^[a-z]*$, but got the text \"a\n\"`",
            "{\"limit\": 9, \"mode\": \"fast\"}|/mode|Expected one of \"FAST\", \"EXACT\", but got the text \"fast\"",
            "{\"limit\": 9, \"at\": \"noon\"}|/at|Expected text of the format date-time, but got the text \"noon\"",
            "{\"limit\": 9, \"tags\": [\"a\", 5]}|/tags/1|Expected text, but got 5",
            "{\"limit\": 9, \"tags\": [\"a\", \"a\"]}|/tags|Expected a list without equal items, but got a list",
            "{\"limit\": 9, \"tags\": [\"a\", \"b\", \"c\", \"d\"]}|/tags|Expected a list of at most 3 items, but got a list",
            "{\"limit\": 9, \"note\": 5}|/note|Expected text or null, but got 5",
            "{\"limit\": 9, \"inner\": {}}|/inner/x|Expected a value, but there is none",
            "{\"limit\": 9, \"inner\": {\"x\": 1, \"y\": 2}}|/inner/y|Expected one of the fields x, but got 'y'",
            "{\"limit\": 9, \"inner\": 5}|/inner|Expected an object, but got 5",
            "{\"limit\": 9, \"a/b~c\": 5}|/a~1b~0c|Expected true or false, but got 5",
            "{\"limit\": 9, \"limt\": 5}|/limt|Expected one of the fields limit, share, name, mode, at, tags, note, inner, a/b~c, but got 'limt'",
            "[]|``|Expected an object, but got a list"})
    void shouldNameTheWrongField(String params, String pointer, String message) {
        assertThat(validator.validate(SCHEMA, params)).containsExactly(new FieldError(pointer, message));
    }

    @Test
    void shouldNameEveryWrongField() {
        var errors = validator.validate(SCHEMA, "{\"share\": \"x\", \"mode\": 5, \"surplus\": 1, \"tags\": [1, 2]}");

        assertThat(errors).extracting(FieldError::pointer).contains("/limit", "/share", "/mode", "/surplus", "/tags/0",
                "/tags/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"limit\": 5", "limit", "{\"limit\": 5} {}", "{\"limit\": NaN}",
            "{'limit': 5}",
            "{\"limit\": 5, \"limit\": 6}", "{\"limit\": 05}"})
    void shouldRefuseTextThatIsNotJson(String params) {
        assertThat(validator.validate(SCHEMA, params)).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEmpty();
            assertThat(error.message()).startsWith("Expected JSON").doesNotContain("Jackson", "Stream", "Node", "`");
        });
    }

    @Test
    void shouldKeepSchemasApart() {
        String one = "{\"$id\": \"urn:same\", \"type\": \"integer\"}";
        String other = "{\"$id\": \"urn:same\", \"type\": \"string\"}";

        assertThat(validator.validate(one, "1")).isEmpty();
        assertThat(validator.validate(other, "1")).hasSize(1);
        assertThat(validator.validate(one, "1")).isEmpty();
    }

    @Test
    void shouldGiveTheSameAnswerOnManyThreads() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<FieldError>>> answers = IntStream.range(0, 2_000)
                    .mapToObj(i -> threads
                            .submit(() -> validator.validate("{\"type\": \"integer\", \"maximum\": " + i % 300 + "}",
                                    "" + i)))
                    .toList();

            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).as("number %d", i).hasSize(i > i % 300 ? 1 : 0);
            }
        }
    }
}
