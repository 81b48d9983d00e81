package dev.leat.worker.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import dev.leat.plugin.NoInput;
import dev.leat.plugin.NoResult;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordSchemaTest {

    @Description("How thorough.")
    enum Mode {
        FAST, EXACT
    }

    record Size2(@DefaultValue("3") @Positive int width, int height) {}

    record Numbers(@Description("The last one.") @DefaultValue("1000") @Min(2) @Max(5_000_000) int limit, long count,
            short few, @DecimalMin("0.5") @DecimalMax(value = "1", inclusive = false) double share, BigInteger huge,
            BigDecimal exact, @Nullable Integer maybe, OptionalInt perhaps) {}

    record Texts(@NotBlank String name, @Pattern(regexp = "a|b") String letter,
            @NotBlank @Pattern(regexp = "[a-z ]*") @Size(min = 2, max = 5) String both, UUID id, URI link, Instant at,
            LocalDate day, Duration time, @DefaultValue("FAST") Mode mode, @DefaultValue("hello") String greeting) {}

    record Containers(@Size(max = 3) List<@NotBlank @Size(max = 4) String> names, Set<@Max(5) Integer> numbers,
            Map<String, @Min(1) Integer> weights, @NotEmpty List<Size2> sizes, Optional<@Size(max = 3) String> tag,
            Optional<Size2> frame, Size2 size) {}

    record Told(int count, Optional<Instant> at) {}

    @Test
    void shouldDescribeNumbers() {
        assertThat(json(RecordSchema.ofInput(Numbers.class).toString())).isEqualTo(
                json("""
                        {"$schema": "https://json-schema.org/draft/2020-12/schema",
                         "type": "object",
                         "properties": {
                           "limit": {"type": "integer", "description": "The last one.", "default": 1000, "minimum": 2, "maximum": 5000000},
                           "count": {"type": "integer", "minimum": -9223372036854775808, "maximum": 9223372036854775807},
                           "few": {"type": "integer", "minimum": -32768, "maximum": 32767},
                           "share": {"type": "number", "minimum": 0.5, "exclusiveMaximum": 1},
                           "huge": {"type": "integer"},
                           "exact": {"type": "number"},
                           "maybe": {"type": ["integer", "null"], "minimum": -2147483648, "maximum": 2147483647},
                           "perhaps": {"type": ["integer", "null"], "minimum": -2147483648, "maximum": 2147483647}},
                         "required": ["count", "few", "share", "huge", "exact"],
                         "additionalProperties": false}
                        """));
    }

    @Test
    void shouldDescribeTexts() {
        assertThat(json(RecordSchema.ofInput(Texts.class).toString())).isEqualTo(
                json("""
                        {"$schema": "https://json-schema.org/draft/2020-12/schema",
                         "type": "object",
                         "properties": {
                           "name": {"type": "string", "minLength": 1, "pattern": "\\\\S"},
                           "letter": {"type": "string", "pattern": "^(?:a|b)$"},
                           "both": {"type": "string", "minLength": 2, "maxLength": 5, "pattern": "^(?=[\\\\s\\\\S]*\\\\S)(?:[a-z ]*)$"},
                           "id": {"type": "string", "format": "uuid"},
                           "link": {"type": "string", "format": "uri"},
                           "at": {"type": "string", "format": "date-time"},
                           "day": {"type": "string", "format": "date"},
                           "time": {"type": "string", "format": "duration"},
                           "mode": {"type": "string", "enum": ["FAST", "EXACT"], "description": "How thorough.", "default": "FAST"},
                           "greeting": {"type": "string", "default": "hello"}},
                         "required": ["name", "letter", "both", "id", "link", "at", "day", "time"],
                         "additionalProperties": false}
                        """));
    }

    @Test
    void shouldDescribeListsMapsAndRecordsInside() {
        assertThat(json(RecordSchema.ofInput(Containers.class).toString())).isEqualTo(json("""
                {"$schema": "https://json-schema.org/draft/2020-12/schema",
                 "$defs": {
                   "Size2": {
                     "type": "object",
                     "properties": {
                       "width": {"type": "integer", "default": 3, "exclusiveMinimum": 0, "maximum": 2147483647},
                       "height": {"type": "integer", "minimum": -2147483648, "maximum": 2147483647}},
                     "required": ["height"],
                     "additionalProperties": false}},
                 "type": "object",
                 "properties": {
                   "names": {"maxItems": 3, "type": "array",
                             "items": {"type": "string", "minLength": 1, "maxLength": 4, "pattern": "\\\\S"}},
                   "numbers": {"type": "array", "items": {"type": "integer", "minimum": -2147483648, "maximum": 5},
                               "uniqueItems": true},
                   "weights": {"type": "object",
                               "additionalProperties": {"type": "integer", "minimum": 1, "maximum": 2147483647}},
                   "sizes": {"minItems": 1, "type": "array", "items": {"$ref": "#/$defs/Size2"}},
                   "tag": {"type": ["string", "null"], "maxLength": 3},
                   "frame": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/Size2"}]},
                   "size": {"$ref": "#/$defs/Size2"}},
                 "required": ["names", "numbers", "weights", "sizes", "size"],
                 "additionalProperties": false}
                """));
    }

    @Test
    void shouldKeepTheOrderOfTheRecord() {
        assertThat(RecordSchema.ofInput(Texts.class).get("properties").fieldNames()).toIterable().containsExactly(
                "name",
                "letter", "both", "id", "link", "at", "day", "time", "mode", "greeting");
    }

    @Test
    void shouldTakeNoFieldsWhereThereIsNoInput() {
        assertThat(json(RecordSchema.ofInput(NoInput.class).toString())).isEqualTo(
                json("""
                        {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": false}
                        """));
    }

    @Test
    void shouldLeaveResultsOpen() {
        assertThat(json(RecordSchema.ofResult(Told.class).toString())).isEqualTo(json("""
                {"$schema": "https://json-schema.org/draft/2020-12/schema",
                 "type": "object",
                 "properties": {
                   "count": {"type": "integer", "minimum": -2147483648, "maximum": 2147483647},
                   "at": {"type": ["string", "null"], "format": "date-time"}},
                 "required": ["count"]}
                """));
        assertThat(RecordSchema.ofResult(String.class).get("type").asText()).isEqualTo("string");
        assertThat(RecordSchema.ofResult(NoResult.class).get("type").asText()).isEqualTo("object");
    }

    /** Through text, for trees compare 5 as an int and 5 as a long as different. */
    private static JsonNode json(String text) {
        try {
            return PluginJson.TREES.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
