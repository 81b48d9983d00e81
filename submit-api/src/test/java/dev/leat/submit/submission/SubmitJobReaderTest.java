package dev.leat.submit.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.leat.domain.Backoff;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Terms;
import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.json.FieldError;
import dev.leat.runtime.json.LeatJson;

class SubmitJobReaderTest {

    private static final Optional<String> NO_KEY = Optional.empty();

    private final SubmitJobReader reader = new SubmitJobReader(LeatJson.newMapper());

    @Test
    void shouldReadWhatIsThere() {
        // when
        SubmitJob job = reader.read("""
                { "tags": ["b","a","b"], "params": { "z" : 1.0, "a": 100000000000000000000000001, "e": 1E2 },
                  "priority": "low", "type": "demo:prime" }""".getBytes(UTF_8), NO_KEY);

        // then
        assertThat(job.type()).isEqualTo("demo:prime");
        assertThat(job.params().value()).isEqualTo("{\"z\":1.0,\"a\":100000000000000000000000001,\"e\":1E2}");
        assertThat(job.priority()).contains(Lane.LOW);
        assertThat(job.tags()).containsExactly("b", "a");
    }

    @Test
    void shouldDoWithTheTypeAlone() {
        // when
        SubmitJob job = reader.read("{\"type\":\"x\"}".getBytes(UTF_8), NO_KEY);

        // then
        assertThat(job.params().value()).isEqualTo("{}");
        assertThat(job.priority()).isEmpty();
        assertThat(job.tags()).isEmpty();
        assertThat(job.policy()).isEqualTo(PolicyOverrides.NONE);
        assertThat(job.timing()).isEqualTo(Timing.NONE);
        assertThat(job.uniqueKey()).isEmpty();
        assertThat(job.idempotency()).isEmpty();
    }

    @Test
    void shouldReadTimesAndTries() {
        // when
        SubmitJob job = read("""
                {"type":"x","delay":"PT1M","expiresIn":"PT0.001S","deadline":"P365D","timeout":"P30D","maxAttempts":100,
                 "backoff":{"first":"PT5S","factor":1.5,"cap":"P30D","jitter":0},"retention":"P3650D"}""");

        // then
        assertThat(job.timing()).isEqualTo(new Timing(Optional.of(Duration.ofMinutes(1)), Optional.empty(),
                Optional.of(Duration.ofMillis(1)), Optional.of(Duration.ofDays(365))));
        assertThat(job.policy()).isEqualTo(new PolicyOverrides(Optional.of(100),
                Optional.of(new Backoff(Duration.ofSeconds(5), 1.5, Duration.ofDays(30), 0)),
                Optional.of(Duration.ofDays(30)), Optional.of(Duration.ofDays(3650))));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-22T05:29:00Z,2026-11-22T05:29:00Z", "2026-11-22t05:29:00.5z,2026-11-22T05:29:00.5Z",
            "2026-11-22T05:29:00.123456+05:30,2026-11-21T23:59:00.123456Z"})
    void shouldReadATimeWithAnyOffset(String written, Instant meant) {
        assertThat(read("{\"type\":\"x\",\"runAt\":\"" + written + "\"}").timing().runAt()).contains(meant);
    }

    @Test
    void shouldFillUpABackoffWithLeatsOwn() {
        assertThat(backoff("{}")).isEqualTo(Backoff.DEFAULT);
        assertThat(backoff("{\"constant\":\"PT2S\"}")).isEqualTo(Backoff.constant(Duration.ofSeconds(2)));
        assertThat(backoff("{\"first\":\"PT3S\"}"))
                .isEqualTo(new Backoff(Duration.ofSeconds(3), 2, Duration.ofMinutes(10), 0.2));
        assertThat(backoff("{\"first\":\"PT1H\",\"jitter\":1e-1}"))
                .isEqualTo(new Backoff(Duration.ofHours(1), 2, Duration.ofHours(1), 0.1));
    }

    private Backoff backoff(String json) {
        return read("{\"type\":\"x\",\"backoff\":" + json + "}").policy().backoff().orElseThrow();
    }

    @Test
    void shouldMakeOneKeyOfEqualParamsOfOneType() {
        // given
        String key = key("{\"type\":\"a:b\",\"params\":{\"n\":1,\"m\":[2]},\"unique\":true}");

        // when, then: what else is asked for makes no difference
        assertThat(key).startsWith("params:").hasSize(71);
        assertThat(key(
                "{\"unique\":true,\"tags\":[\"t\"],\"priority\":\"low\",\"params\":{ \"m\":[2.0],\"n\":1e0},\"type\":\"a:b\"}"))
                .isEqualTo(key);
        assertThat(key("{\"type\":\"a:c\",\"params\":{\"n\":1,\"m\":[2]},\"unique\":true}")).isNotEqualTo(key);
        assertThat(key("{\"type\":\"a:b\",\"params\":{\"n\":1,\"m\":[3]},\"unique\":true}")).isNotEqualTo(key);
    }

    @Test
    void shouldTakeAKeyAsItIs() {
        assertThat(key("{\"type\":\"x\",\"uniqueKey\":\"größer 🜄\"}")).isEqualTo("größer 🜄");
        assertThat(key("{\"type\":\"x\",\"uniqueKey\":\"" + "k".repeat(200) + "\"}")).hasSize(200);
        assertThat(read("{\"type\":\"x\",\"unique\":false}").uniqueKey()).isEmpty();
    }

    @Test
    void shouldGiveEqualBodiesOneFingerprint() {
        // given
        String body = "{\"type\":\"x\",\"params\":{\"a\":1,\"b\":\"ü\"}}";

        // when, then
        assertThat(idempotency(body).key()).isEqualTo("k 1");
        assertThat(idempotency(body).fingerprint()).hasSize(64)
                .isEqualTo(idempotency("{ \"params\":{\"b\":\"\\u00fc\",\"a\":1.0},\n\"type\":\"x\" }").fingerprint())
                .isNotEqualTo(idempotency("{\"type\":\"x\",\"params\":{\"a\":2,\"b\":\"ü\"}}").fingerprint())
                .isNotEqualTo(idempotency(body.replace("}}", "},\"tags\":[]}")).fingerprint());
    }

    private Terms.Idempotency idempotency(String body) {
        return reader.read(body.getBytes(UTF_8), Optional.of("k 1")).idempotency().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"unique\":true", "\"uniqueKey\":\"k\""})
    void shouldRefuseASecondKey(String field) {
        // given
        byte[] body = ("{\"type\":\"x\"," + field + "}").getBytes(UTF_8);

        // when
        ProblemException refused = catchThrowableOfType(ProblemException.class,
                () -> reader.read(body, Optional.of("k")));

        // then
        assertThat(refused.problem().type()).hasToString("urn:leat:problem:invalid-parameter");
        assertThat(refused.problem().extensions()).containsEntry("parameter", "Idempotency-Key");
        assertThat(refused.getMessage()).startsWith("Expected either").contains("unique", "but got both");
    }

    private SubmitJob read(String body) {
        return reader.read(body.getBytes(UTF_8), NO_KEY);
    }

    private String key(String body) {
        return read(body).uniqueKey().orElseThrow();
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
            "{\"type\":\"x\",\"delay\":60}|/delay|Expected a duration such as PT30S, from PT0S to P365D, but got a number",
            "{\"type\":\"x\",\"delay\":\"60s\"}|/delay|from PT0S to P365D, but got '60s'",
            "{\"type\":\"x\",\"delay\":\"-PT1S\"}|/delay|but got '-PT1S'",
            "{\"type\":\"x\",\"delay\":\"PT8760H0.001S\"}|/delay|but got 'PT8760H0.001S'",
            "{\"type\":\"x\",\"delay\":\"PT0.0001S\"}|/delay|whole milliseconds",
            "{\"type\":\"x\",\"delay\":\"PT99999999999999999999S\"}|/delay|but got 'PT9999",
            "{\"type\":\"x\",\"runAt\":\"2026-11-22T05:29:00\"}|/runAt|Expected a time such as 2026-01-31T12:00:00Z, but got '2026",
            "{\"type\":\"x\",\"runAt\":\"2026-02-29T05:29:00Z\"}|/runAt|but got '2026-02-29",
            "{\"type\":\"x\",\"runAt\":1e9}|/runAt|but got a number",
            "{\"type\":\"x\",\"runAt\":\"2026-11-22T05:29:00Z\",\"delay\":\"PT0S\"}|/runAt|Expected either delay or runAt, but got both",
            "{\"type\":\"x\",\"expiresIn\":\"PT0S\"}|/expiresIn|from PT0.001S to P365D",
            "{\"type\":\"x\",\"deadline\":\"P366D\"}|/deadline|from PT0.001S to P365D",
            "{\"type\":\"x\",\"timeout\":\"P31D\"}|/timeout|from PT0.001S to P30D",
            "{\"type\":\"x\",\"retention\":\"P3651D\"}|/retention|from PT0S to P3650D",
            "{\"type\":\"x\",\"maxAttempts\":0}|/maxAttempts|Expected a whole number from 1 to 100, but got 0",
            "{\"type\":\"x\",\"maxAttempts\":101}|/maxAttempts|but got 101",
            "{\"type\":\"x\",\"maxAttempts\":3.0}|/maxAttempts|Expected a whole number from 1 to 100, but got a number",
            "{\"type\":\"x\",\"maxAttempts\":99999999999999999999}|/maxAttempts|but got 99999999999999999999",
            "{\"type\":\"x\",\"maxAttempts\":\"3\"}|/maxAttempts|but got a text",
            "{\"type\":\"x\",\"backoff\":\"PT2S\"}|/backoff|Expected an object with first, factor, cap, jitter, or with constant, but got a text",
            "{\"type\":\"x\",\"backoff\":{\"factor\":0.5}}|/backoff/factor|Expected a number from 1 to 100, but got 0.5",
            "{\"type\":\"x\",\"backoff\":{\"factor\":1e99999999999}}|/backoff/factor|but got 1e99999999999",
            "{\"type\":\"x\",\"backoff\":{\"jitter\":1.01}}|/backoff/jitter|Expected a number from 0 to 1, but got 1.01",
            "{\"type\":\"x\",\"backoff\":{\"first\":\"P31D\"}}|/backoff/first|from PT0S to P30D",
            "{\"type\":\"x\",\"backoff\":{\"first\":\"PT5S\",\"cap\":\"PT4S\"}}|/backoff/cap|Expected a cap of at least PT5S",
            "{\"type\":\"x\",\"backoff\":{\"constant\":\"PT5S\",\"jitter\":0}}|/backoff|Expected constant alone",
            "{\"type\":\"x\",\"backoff\":{\"frist\":{\"a\":[]}}}|/backoff/frist|Expected no field but first, factor, cap, jitter, constant",
            "{\"type\":\"x\",\"unique\":\"true\"}|/unique|Expected true or false, but got a text",
            "{\"type\":\"x\",\"uniqueKey\":\"\"}|/uniqueKey|Expected 1 to 200 characters, but got 0",
            "{\"type\":\"x\",\"uniqueKey\":\"a\\u0007\"}|/uniqueKey|can be shown",
            "{\"type\":\"x\",\"unique\":true,\"uniqueKey\":\"a\"}|/uniqueKey|Expected either unique or uniqueKey, but got both",
            "{\"type\":\"x\",\"a/b~c\":{\"d\":[1]}}|/a~1b~0c|Expected no field but type, params, priority, tags, delay"})
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
        assertThat(reader.read(tags(20, longest).getBytes(UTF_8), NO_KEY).tags()).hasSize(20);
        assertThat(errors(tags(21, longest))).extracting(FieldError::message)
                .containsExactly("Expected at most 20 tags, but got 21");
        assertThat(errors(tags(1, longest + "t"))).extracting(FieldError::message)
                .containsExactly("Expected 1 to 60 characters, but got 61");
    }

    @Test
    void shouldRefuseAKeyThatIsTooLong() {
        assertThat(errors("{\"type\":\"x\",\"uniqueKey\":\"" + "k".repeat(201) + "\"}"))
                .extracting(FieldError::message)
                .containsExactly("Expected 1 to 200 characters, but got 201");
    }

    @Test
    void shouldNameEveryWrongFieldAtOnce() {
        assertThat(errors("""
                {"delay":1,"runAt":2,"timeout":3,"maxAttempts":4.5,"backoff":{"first":5,"factor":0},"unique":6}"""))
                .extracting(FieldError::pointer)
                .containsExactly("/delay", "/runAt", "/timeout", "/maxAttempts", "/backoff/first", "/backoff/factor",
                        "/unique", "/type");
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
        return catchThrowableOfType(ProblemException.class, () -> reader.read(body, NO_KEY));
    }
}
