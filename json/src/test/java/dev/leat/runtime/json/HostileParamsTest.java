package dev.leat.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers send, and what strangers publish: answered, in bounded time. The bound is loose: CI machines are slow. */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileParamsTest {

    private static final String STRICT = """
            {"type": "object", "properties": {"limit": {"type": "integer", "maximum": 10}}, "additionalProperties": false}
            """;

    private final ParamsValidator validator = new ParamsValidator();

    @Test
    void shouldTellOfTenThousandUnknownFieldsInFewWords() {
        String params = IntStream.range(0, 10_000).mapToObj(i -> "\"f" + i + "\": " + i)
                .collect(Collectors.joining(",", "{", "}"));

        List<FieldError> errors = validator.validate(STRICT, params);

        assertThat(errors).hasSize(101).element(0)
                .isEqualTo(new FieldError("/f0", "Expected one of the fields limit, but got 'f0'"));
        assertThat(errors.getLast().message()).contains("there are 10000");
    }

    @Test
    void shouldRefuseDeepNesting() {
        assertThat(validator.validate("{}", "[".repeat(64) + "]".repeat(64))).isEmpty();
        assertThat(validator.validate("{}", "[".repeat(65) + "]".repeat(65))).hasSize(1);
        assertThat(validator.validate("{}", "[".repeat(1_000_000))).singleElement().extracting(FieldError::message)
                .asString().contains("at most 64 levels").doesNotContain("StreamReadConstraints");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "-1e999999999", "1.8e308", "1e2147483647"})
    void shouldRefuseNumbersThatArithmeticChokesOn(String number) {
        assertThat(validator.validate("{\"properties\": {\"n\": {\"multipleOf\": 3}}}", "{\"n\": " + number + "}"))
                .singleElement().satisfies(error -> {
                    assertThat(error.pointer()).isEqualTo("/n");
                    assertThat(error.message())
                            .startsWith("Expected a number that fits into 64-bit floating point, but got ");
                });
    }

    @Test
    void shouldRefuseNumbersOfAMillionDigits() {
        assertThat(validator.validate(STRICT, "{\"limit\": " + "9".repeat(1_000_000) + "}")).singleElement()
                .satisfies(error -> assertThat(error.message().length()).isLessThan(400));
    }

    @Test
    void shouldQuoteOnlyABitOfWhatCame() {
        String huge = "x".repeat(100_000);

        assertThat(validator.validate(STRICT, "{\"limit\": \"" + huge + "\"}")).singleElement()
                .satisfies(error -> assertThat(error.message().length()).isLessThan(200));
        assertThat(validator.validate(STRICT, "{\"" + huge.substring(0, 40_000) + "\": 1}")).singleElement()
                .satisfies(error -> assertThat(error.pointer().length() + error.message().length()).isLessThan(500));
    }

    @Test
    void shouldStopRegularExpressionsThatRunAway() {
        String schema = "{\"items\": {\"type\": \"string\", \"pattern\": \"^(a+)+\\\\1$\"}}";
        // The JDK's matcher sees through the simpler textbook cases; a back reference takes that away from it.
        String item = "\"" + "a".repeat(60) + "b\"";

        List<FieldError> errors = validator.validate(schema,
                IntStream.range(0, 1_000).mapToObj(i -> item).collect(Collectors.joining(",", "[", "]")));

        assertThat(errors).hasSize(101);
    }

    @Test
    void shouldSurviveRegularExpressionsThatEatTheStack() {
        String schema = "{\"pattern\": \"^(a|b)*$\"}";

        assertThat(validator.validate(schema, "\"" + "ab".repeat(500_000) + "\"")).hasSizeLessThan(2);
        assertThat(validator.validate(schema, "\"abba\"")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"$ref\": \"#\"}", "{\"allOf\": [{\"$ref\": \"#\"}]}",
            "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"$ref\": \"#/$defs/b\"}, \"b\": {\"$ref\": \"#/$defs/a\"}}}",
            "{\"$dynamicAnchor\": \"a\", \"$dynamicRef\": \"#a\"}", "{\"type\": 5}"})
    void shouldAcceptNothingByASchemaThatMakesNoSense(String schema) {
        assertThatNothingIsAccepted(schema, "{\"a\": 1}");
    }

    @Test
    void shouldStopReferencesThatMultiply() {
        String doubling = IntStream.range(0, 40)
                .mapToObj(i -> "\"d%d\": {\"allOf\": [{\"$ref\": \"#/$defs/d%d\"}, {\"$ref\": \"#/$defs/d%d\"}]}"
                        .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(","));

        assertThatNothingIsAccepted("{\"$ref\": \"#/$defs/d0\", \"$defs\": {" + doubling + ", \"d40\": {}}}", "{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"$ref\": \"http://127.0.0.1:1/x\"}", "{\"$ref\": \"file:///etc/hostname\"}",
            "{\"$ref\": \"classpath:logback.xml\"}", "{\"$ref\": \"#/$defs/none\"}",
            "{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}",
            "{\"$schema\": \"http://127.0.0.1:1/meta\", \"type\": \"object\"}", "{\"pattern\": \"(\"}",
            "{\"properties\": {\"a\": {\"pattern\": \"(\"}}}", "{\"$ref\": \"x.json\"}", "{\"maximum\": \"5\"}",
            "5", "[]", "true", "", "nothing", "{\"type\": \"object\""})
    void shouldSayThatASchemaIsNoUse(String schema) {
        assertThatThrownBy(() -> validator.validate(schema, "{\"a\": \"b\"}"))
                .isInstanceOf(UnusableSchemaException.class).hasMessageStartingWith("Expected a JSON Schema");
    }

    @Test
    void shouldRefuseHugeSchemas() {
        assertThatThrownBy(() -> validator.validate("{\"title\": \"" + "x".repeat(300_000) + "\"}", "{}"))
                .isInstanceOf(UnusableSchemaException.class).hasMessageContaining("at most 262144 characters");
        assertThatThrownBy(() -> validator.validate("{\"not\": ".repeat(100) + "{}" + "}".repeat(100), "{}"))
                .isInstanceOf(UnusableSchemaException.class).hasMessageContaining("at most 64 levels");
    }

    private void assertThatNothingIsAccepted(String schema, String params) {
        try {
            assertThat(validator.validate(schema, params)).isNotEmpty();
        } catch (UnusableSchemaException e) {
            assertThat(e).hasMessageStartingWith("Expected a JSON Schema");
        }
    }
}
