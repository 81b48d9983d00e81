package dev.leat.worker.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.NoInput;
import dev.leat.runtime.json.FieldError;
import dev.leat.runtime.json.ParamsValidator;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputBindingTest {

    enum Mode {
        FAST, EXACT
    }

    record Part(@DefaultValue("1") int weight, @DefaultValue("EXACT") Mode mode, Optional<String> label) {}

    record Everything(boolean flag, short few, int some, long many, double share, BigInteger huge,
            BigDecimal exact, String text, UUID id, URI link, Instant at, LocalDate day, Duration time, Mode mode,
            Part part, List<Part> parts, Set<String> names, Map<String, Part> byName, Optional<Part> maybe) {}

    record Defaults(@DefaultValue("7") @Min(2) int number, @DefaultValue("seven") String text,
            @DefaultValue("FAST") Mode mode, @DefaultValue("[1, 2]") List<Integer> list, @DefaultValue("{}") Part part,
            @DefaultValue("PT5S") Duration time, @DefaultValue("true") boolean flag) {}

    record Optionals(Optional<String> text, OptionalInt small, OptionalLong big, OptionalDouble share,
            @Nullable String nullable, Optional<Part> part) {}

    record Strict(int whole) {}

    record Range(int from, int to) {
        Range {
            if (from > to) {
                throw new IllegalArgumentException("Expected from at most to, but got %d > %d".formatted(from, to));
            }
        }
    }

    record Trip(@NotBlank String name, List<Range> ranges) {}

    @Test
    void shouldBindEveryType() throws Exception {
        Part part = new Part(2, Mode.FAST, Optional.of("x"));

        Everything bound = bind(Everything.class, """
                {"flag": true, "few": 2, "some": 3, "many": 9223372036854775807, "share": 1,
                 "huge": 123456789012345678901234567890, "exact": 0.1, "text": "t",
                 "id": "00000000-0000-0000-0000-000000000007", "link": "https://example.org/a",
                 "at": "2026-11-22T10:00:00+01:00", "day": "2026-11-22", "time": "PT30S", "mode": "EXACT",
                 "part": {"weight": 2, "mode": "FAST", "label": "x"}, "parts": [{}, {"weight": 5}], "names": ["a", "b"],
                 "byName": {"p": {}}, "maybe": {"weight": 9}}
                """);

        assertThat(bound).isEqualTo(new Everything(true, (short) 2, 3, Long.MAX_VALUE, 1.0,
                new BigInteger("123456789012345678901234567890"), new BigDecimal("0.1"), "t", new UUID(0, 7),
                URI.create("https://example.org/a"), Instant.parse("2026-11-22T09:00:00Z"), LocalDate.of(2026, 11, 22),
                Duration.ofSeconds(30), Mode.EXACT, part, List.of(part(1), part(5)), Set.of("a", "b"),
                Map.of("p", part(1)),
                Optional.of(part(9))));
    }

    @Test
    void shouldGiveAbsentFieldsTheirDefaults() throws Exception {
        assertThat(bind(Defaults.class, "{}")).isEqualTo(
                new Defaults(7, "seven", Mode.FAST, List.of(1, 2), part(1), Duration.ofSeconds(5), true));
        assertThat(bind(Defaults.class, "{\"number\": 2, \"flag\": false}"))
                .extracting(Defaults::number, Defaults::flag)
                .containsExactly(2, false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}",
            "{\"text\":null,\"small\":null,\"big\":null,\"share\":null,\"nullable\":null,\"part\":null}"})
    void shouldTakeNullForAbsentWhereThatIsAllowed(String params) throws Exception {
        assertThat(bind(Optionals.class, params)).isEqualTo(new Optionals(Optional.empty(), OptionalInt.empty(),
                OptionalLong.empty(), OptionalDouble.empty(), null, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"5,5", "5.0,5", "5e0,5", "-2147483648,-2147483648", "2.147483647e9,2147483647"})
    void shouldReadWholeNumbersHoweverTheyAreWritten(String number, int value) throws Exception {
        assertThat(bind(Strict.class, "{\"whole\": " + number + "}").whole()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"5\"|Expected a whole number, but got the text \"5\"",
            "1.5|Expected a whole number, but got 1.5", "true|Expected a whole number, but got true",
            "null|Expected a whole number, but got null", "[5]|Expected a whole number, but got a list",
            "2147483648|Expected at most 2147483647, but got 2147483648",
            "-2147483649|Expected at least -2147483648, but got -2147483649"})
    void shouldConvertNothing(String value, String message) {
        assertThat(errors(Strict.class, "{\"whole\": " + value + "}"))
                .containsExactly(new FieldError("/whole", message));
    }

    @Test
    void shouldNameAllFieldsThatAreWrong() {
        assertThat(errors(Trip.class, "{\"name\": \" \", \"ranges\": [{\"from\": 1}], \"wrong\": 1}"))
                .extracting(FieldError::pointer).containsExactlyInAnyOrder("/name", "/ranges/0/to", "/wrong");
    }

    @Test
    void shouldTellWhatAConstructorRefused() {
        assertThat(errors(Trip.class,
                "{\"name\": \"n\", \"ranges\": [{\"from\": 1, \"to\": 2}, {\"from\": 3, \"to\": 2}]}"))
                .containsExactly(new FieldError("/ranges/1", "Expected from at most to, but got 3 > 2"));
    }

    @Test
    void shouldTellWhatOnlyTheJavaTypeRefuses() {
        record Timed(Duration time) {}

        assertThat(errors(Timed.class, "{\"time\": \"P1Y\"}"))
                .containsExactly(new FieldError("/time", "Expected a value that Duration can hold, but got 'P1Y'"));
    }

    @Test
    void shouldSayAllOfItInTheReason() {
        var refused = catchThrowableOfType(InvalidParamsException.class, () -> bind(NoInput.class, "{\"x\": 1}"));

        assertThat(refused.reason())
                .isEqualTo("Expected params that fit demo:it, but: /x Expected no fields here, but got 'x'");
    }

    private static Part part(int weight) {
        return new Part(weight, Mode.EXACT, Optional.empty());
    }

    private static <I extends Record> I bind(Class<I> input, String params) throws InvalidParamsException {
        assertThat(InputShape.problems(input)).isEmpty();
        Json schema = new Json(RecordSchema.ofInput(input).toString());
        return new InputBinding<>(new JobTypeName("demo", "it"), input, schema, new ParamsValidator(),
                PluginJson.newMapper())
                .bind(new Json(params));
    }

    private static List<FieldError> errors(Class<? extends Record> input, String params) {
        return catchThrowableOfType(InvalidParamsException.class, () -> bind(input, params)).errors();
    }
}
