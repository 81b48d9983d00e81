package dev.leat.submit.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.leat.domain.Lane;
import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.json.FieldError;
import dev.leat.runtime.json.LeatJson;

class SubmitJobReaderTest {

    private final SubmitJobReader reader = new SubmitJobReader(LeatJson.newMapper());

    @Test
    void shouldReadWhatIsThere() {
        // when
        SubmitJob job = reader.read("""
                { "tags": ["b","a","b"], "params": { "z" : 1.0, "a": 100000000000000000000000001, "e": 1E2 },
                  "priority": "low", "type": "demo:prime" }""".getBytes(UTF_8));

        // then
        assertThat(job.type()).isEqualTo("demo:prime");
        assertThat(job.params().value()).isEqualTo("{\"z\":1.0,\"a\":100000000000000000000000001,\"e\":1E2}");
        assertThat(job.priority()).contains(Lane.LOW);
        assertThat(job.tags()).containsExactly("b", "a");
    }

    @Test
    void shouldDoWithTheTypeAlone() {
        // when
        SubmitJob job = reader.read("{\"type\":\"x\"}".getBytes(UTF_8));

        // then
        assertThat(job.params().value()).isEqualTo("{}");
        assertThat(job.priority()).isEmpty();
        assertThat(job.tags()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
            "{}|/type|missing",
            "{\"type\":null}|/type|but got null",
            "{\"type\":7}|/type|but got a number",
            "{\"type\":\"x\",\"params\":null}|/params|Expected an object, but got null",
            "{\"type\":\"x\",\"params\":{\"a\":\"\\ud800\"}}|/params|surrogate",
            "{\"type\":\"x\",\"priority\":\"HIGH\"}|/priority|Expected one of high, normal, low, but got 'HIGH'",
            "{\"type\":\"x\",\"priority\":[\"high\"]}|/priority|but got a list",
            "{\"type\":\"x\",\"tags\":\"a\"}|/tags|Expected a list of texts, but got a text",
            "{\"type\":\"x\",\"tags\":[{\"a\":[]}]}|/tags/0|but got an object",
            "{\"type\":\"x\",\"tags\":[\"\"]}|/tags/0|Expected 1 to 60 characters, but got 0",
            "{\"type\":\"x\",\"tags\":[\"a\\u0000\"]}|/tags/0|can be shown",
            "{\"type\":\"x\",\"tags\":[\"\\udc00\"]}|/tags/0|can be shown",
            "{\"type\":\"x\",\"a/b~c\":{\"d\":[1]}}|/a~1b~0c|Expected no field but type, params, priority, tags"})
    void shouldSayWhatIsWrongAndWhere(String body, String pointer, String message) {
        assertThat(errors(body)).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo(pointer);
            assertThat(error.message()).contains(message);
        });
    }

    @Test
    void shouldTakeTwentyTagsOfSixtyCharactersAndNotOneMore() {
        // given
        String longest = "t".repeat(59);

        // when, then
        assertThat(reader.read(tags(20, longest).getBytes(UTF_8)).tags()).hasSize(20);
        assertThat(errors(tags(21, longest))).extracting(FieldError::message)
                .containsExactly("Expected at most 20 tags, but got 21");
        assertThat(errors(tags(1, longest + "t"))).extracting(FieldError::message)
                .containsExactly("Expected 1 to 60 characters, but got 61");
    }

    @Test
    void shouldNameTwentyErrorsAtMost() {
        // given
        String fields = IntStream.range(0, 1_000).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(","));

        // when, then
        assertThat(errors("{" + fields + "}")).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"x\"", "{\"type\":\"x\",}", "{\"type\":\"x\"}{}", "[1]", "",
            "{\"params\":{\"a\":1,\"a\":2}}", "{\"params\":{\"a\":NaN}}", "{\"type\":\"a\nb\"}"})
    void shouldSayThatItIsNoJson(String body) {
        ProblemException refused = refused(body.getBytes(UTF_8));
        assertThat(refused.problem().type()).hasToString("urn:leat:problem:malformed-json");
        assertThat(refused.getMessage()).startsWith("Expected").doesNotContain("com.", "JsonToken", "Feature");
    }

    @Test
    void shouldSayThatItIsNotUtf8() {
        assertThat(refused(new byte[]{'{', (byte) 0xff, '}'}).getMessage()).contains("UTF-8");
    }

    @Test
    void shouldRefuseJsonOfEndlessDepth() {
        assertThat(refused(("{\"params\":" + "{\"a\":".repeat(100_000)).getBytes(UTF_8)).getMessage())
                .contains("sensible depth");
    }

    /** The index takes the place of the last character. */
    private static String tags(int count, String tag) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + tag + (char) ('a' + i) + "\"")
                .collect(Collectors.joining(",", "{\"type\":\"x\",\"tags\":[", "]}"));
    }

    @SuppressWarnings("unchecked") // What the reader puts there.
    private List<FieldError> errors(String body) {
        ProblemException refused = refused(body.getBytes(UTF_8));
        assertThat(refused.problem().type()).hasToString("urn:leat:problem:invalid-request");
        return (List<FieldError>) refused.problem().extensions().getOrDefault("errors", List.of());
    }

    private ProblemException refused(byte[] body) {
        return catchThrowableOfType(ProblemException.class, () -> reader.read(body));
    }
}
