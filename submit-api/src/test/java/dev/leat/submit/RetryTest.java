package dev.leat.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.leat.domain.Backoff;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Origin;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Jobs that are submitted again on a real broker, with a projector that is told what there was. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetryTest {

    private static final String ENDED = "019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10";
    private static final String INTERNAL = "/internal/v1/jobs/" + ENDED + "/submission";
    private static final String RETRY = "/api/v1/jobs/" + ENDED + "/retry";
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final PolicyOverrides POLICY = new PolicyOverrides(Optional.of(7),
            Optional.of(Backoff.constant(Duration.ofSeconds(4))), Optional.of(Duration.ofMinutes(9)),
            Optional.of(Duration.ofDays(3)));

    private final ScriptedProjector projector = ScriptedProjector.start();
    private final DemoPlugin plugin;
    private final ApiUnderTest api;
    private final LogReader log;

    RetryTest(KafkaCluster cluster) throws Exception {
        Settings settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix(),
                "leat.api.projectors", projector.uri().toString(), "leat.api.decision.timeout", "3s"));
        plugin = DemoPlugin.announce(settings);
        api = ApiUnderTest.start(settings);
        log = new LogReader(settings);
    }

    @BeforeAll
    void awaitReadiness() {
        await().until(() -> api.get("/health/readiness").status() == 200);
        projector.on("*", ScriptedProjector.json("""
                {"id":"%s","type":"demo:prime","plugin":"demo","status":"queued","priority":"high","tags":[],\
                "attempt":1,"spentAttempts":0,"cancelRequested":false,"submittedAt":"2026-11-22T05:29:00Z"}"""
                .formatted(ENDED)));
    }

    @AfterAll
    void stop() {
        log.close();
        api.close();
        plugin.close();
        projector.close();
    }

    @Test
    void shouldSubmitAnewWhatHasEnded() {
        // given
        givenEnded("demo:prime", new Terms(Optional.of(LONG_AGO), Optional.of(LONG_AGO), Optional.of(LONG_AGO),
                Optional.empty(), Optional.of(new Terms.Idempotency("first", "f"))));

        // when
        Reply reply = retry("", Map.of());

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        String id = reply.json().path("id").asText();
        assertThat(id).isNotEqualTo(ENDED);
        assertThat(reply.header("Location")).isEqualTo("/api/v1/jobs/" + id);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.json().path("retryOf").asText()).isEqualTo(ENDED);
        assertThat(reply.json().path("status").asText()).isEqualTo("queued");
        ConsumerRecord<byte[], byte[]> written = log.at(CommandPosition.parse(reply.header("Leat-Position")));
        Submission submission = plugin.codecs()
                .commands()
                .decode(plugin.topics().jobs("demo", Lane.HIGH), written.value())
                .orElseThrow()
                .submission();
        assertThat(submission).isEqualTo(new Submission(new JobTypeName("demo", "prime"), Lane.HIGH,
                new Json("{\"limit\":1000}"), List.of("nightly"), POLICY, Terms.NONE, submission.submittedAt(),
                Optional.of(new Origin(Origin.Kind.RETRY, ENDED, 0))));
        assertThat(submission.submittedAt()).isAfter(LONG_AGO);
    }

    @Test
    void shouldTakeFromTheBodyWhatIsToBeOther() {
        // given
        givenEnded("demo:prime", Terms.NONE);

        // when
        Reply reply = retry("""
                {"params":{"limit":500},"priority":"low","tags":["b","c"],"delay":"PT1H","maxAttempts":1}""", Map.of());

        // then
        Submission submission = pending(reply);
        assertThat(submission.params()).isEqualTo(new Json("{\"limit\":500}"));
        assertThat(submission.lane()).isEqualTo(Lane.LOW);
        assertThat(submission.tags()).containsExactly("b", "c");
        assertThat(submission.policy()).isEqualTo(new PolicyOverrides(Optional.of(1), POLICY.backoff(),
                POLICY.timeout(), POLICY.retention()));
        assertThat(submission.terms().runAt()).contains(submission.submittedAt().plus(Duration.ofHours(1)));
        assertThat(reply.json().path("status").asText()).isEqualTo("scheduled");
    }

    @Test
    void shouldAskForTheJobAsOfAPosition() {
        // given
        givenEnded("demo:prime", Terms.NONE);

        // when
        retry("", Map.of("Leat-Position", "leat.events-0@4"));

        // then
        assertThat(projector.asked()).contains(INTERNAL + "?position=leat.events-0%404");
    }

    @Test
    void shouldKeepAUniqueKey() {
        // given
        givenEnded("demo:prime", unique("invoice-7"));

        // when, then
        assertThat(pending(retry("{\"params\":{\"limit\":500}}", Map.of())).terms().uniqueKey())
                .contains("invoice-7");
    }

    @Test
    void shouldMakeTheKeyOfOtherParamsFromThem() {
        // given: what a unique job of other params has for its key
        String first = uniqueKeyOf("{\"limit\":1000}");
        String other = uniqueKeyOf("{\"limit\":500}");
        givenEnded("demo:prime", unique(first));

        // when, then
        assertThat(pending(retry("", Map.of())).terms().uniqueKey()).contains(first);
        assertThat(pending(retry("{\"params\":{\"limit\":500}}", Map.of())).terms().uniqueKey()).contains(other);
    }

    private String uniqueKeyOf(String params) {
        return pending(api.submit("{\"type\":\"demo:prime\",\"unique\":true,\"params\":" + params + "}")).terms()
                .uniqueKey()
                .orElseThrow();
    }

    @Test
    void shouldMakeRetriesOfTwoJobsTwoRequests() {
        // given
        String other = ENDED.replace("b10", "b11");
        givenEnded("demo:prime", Terms.NONE);
        projector.on(INTERNAL.replace(ENDED, other), submission("demo:prime", Terms.NONE));
        Map<String, String> key = Map.of("Idempotency-Key", "k");

        // when
        Terms.Idempotency first = idempotency(retry("{\"maxAttempts\": 3}", key));
        Terms.Idempotency again = idempotency(retry("{\"maxAttempts\":3}", key));
        Terms.Idempotency ofOther = idempotency(api.send("POST", RETRY.replace(ENDED, other), "{\"maxAttempts\":3}",
                Map.of("Content-Type", "application/json", "Idempotency-Key", "k")));

        // then
        assertThat(again).isEqualTo(first);
        assertThat(ofOther.key()).isEqualTo("k");
        assertThat(ofOther.fingerprint()).isNotEqualTo(first.fingerprint());
    }

    @Test
    void shouldRefuseTwoKeys() {
        // given
        givenEnded("demo:prime", unique("invoice-7"));

        // when
        Reply reply = retry("", Map.of("Idempotency-Key", "k"));

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().path("parameter").asText()).isEqualTo("Idempotency-Key");
    }

    @ParameterizedTest
    @CsvSource({"404,job-not-found", "409,job-not-finished"})
    void shouldHandOnWhyThereIsNothingToRetry(int status, String problem) {
        // given
        projector.on(INTERNAL, ScriptedProjector.problem(status, problem, Map.of()));

        // when
        Reply reply = retry("", Map.of());

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.problem()).isEqualTo(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"demo:echo\"}", "{\"unique\":true}",
            "{\"delay\":\"PT1S\",\"runAt\":\"2026-11-22T05:29:00Z\"}",
            "{\"priority\":\"urgent\"}", "[]", "{", "{}{}"})
    void shouldRefuseABodyOfAnotherForm(String body) {
        // given
        givenEnded("demo:prime", Terms.NONE);

        // when
        Reply reply = retry(body, Map.of());

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.problem()).isIn("invalid-request", "malformed-json");
    }

    @Test
    void shouldHoldParamsAgainstTheSchemaOfToday() {
        // given
        givenEnded("demo:prime", Terms.NONE);

        // when
        Reply reply = retry("{\"params\":{\"limit\":1}}", Map.of());

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(422);
        assertThat(reply.problem()).isEqualTo("invalid-params");
    }

    @Test
    void shouldNotSubmitWhatNobodyOffersAnyMore() {
        // given
        givenEnded("demo:prim", Terms.NONE);

        // when
        Reply reply = retry("", Map.of());

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(404);
        assertThat(reply.problem()).isEqualTo("unknown-job-type");
    }

    private Reply retry(String body, Map<String, String> headers) {
        if (body.isEmpty()) {
            return api.send("POST", RETRY, body, headers);
        }
        return api.send("POST", RETRY, body, headers.isEmpty()
                ? Map.of("Content-Type", "application/json")
                : Map.of("Content-Type", "application/json", "Idempotency-Key",
                        headers.getOrDefault("Idempotency-Key", "")));
    }

    private void givenEnded(String type, Terms terms) {
        projector.on(INTERNAL, submission(type, terms));
    }

    private ScriptedProjector.Answer submission(String type, Terms terms) {
        Fact.JobScheduled submitted = new Fact.JobScheduled(new Submission(JobTypeName.parse(type), Lane.HIGH,
                new Json("{\"limit\":1000}"), List.of("nightly"), POLICY, terms, LONG_AGO,
                Optional.of(new Origin(Origin.Kind.BATCH, "b", 3))));
        byte[] value = plugin.codecs().pending().encode(plugin.topics().pending(), submitted);
        return ScriptedProjector.json("{\"record\":\"" + Base64.getEncoder().encodeToString(value) + "\"}");
    }

    private static Terms unique(String key) {
        return new Terms(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(key), Optional.empty());
    }

    private Terms.Idempotency idempotency(Reply reply) {
        return pending(reply).terms().idempotency().orElseThrow();
    }

    private Submission pending(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        ConsumerRecord<byte[], byte[]> written = log.at(CommandPosition.parse(reply.header("Leat-Position")));
        assertThat(written.topic()).isEqualTo(plugin.topics().pending());
        return plugin.codecs().pending().decode(written.topic(), written.value()).orElseThrow().submission();
    }
}
