package dev.leat.submit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Jobs with a key on a real broker, with a projector that is told what to decide. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyedSubmitTest {

    private static final String FIRST = "019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10";
    private static final String ECHO = "{\"type\":\"demo:echo\",\"params\":{\"n\":1}}";
    private static final String UNIQUE = "{\"type\":\"demo:echo\",\"uniqueKey\":\"größer\"}";

    private final ScriptedProjector projector = ScriptedProjector.start();
    private final DemoPlugin plugin;
    private final ApiUnderTest api;
    private final LogReader log;

    KeyedSubmitTest(KafkaCluster cluster) throws Exception {
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
    }

    @BeforeEach
    void forgetTheScript() {
        projector.on("*", ScriptedProjector.problem(404, "job-not-found", Map.of()));
    }

    @AfterAll
    void stop() {
        log.close();
        api.close();
        plugin.close();
        projector.close();
    }

    @Test
    void shouldTakeAJobWhoseKeyIsItsOwn() {
        // given
        projector.on("*", ScriptedProjector.json(job("queued", "")));

        // when
        Reply reply = api.submit(UNIQUE);

        // then: the answer
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        String id = reply.json().path("id").asText();
        assertThat(reply.header("Location")).isEqualTo("/api/v1/jobs/" + id);
        assertThat(reply.json().path("status").asText()).isEqualTo("queued");
        assertThat(reply.json().path("uniqueKey").asText()).isEqualTo("größer");

        // then: the log
        String position = reply.header("Leat-Position");
        ConsumerRecord<byte[], byte[]> written = log.at(CommandPosition.parse(position));
        assertThat(written.topic()).isEqualTo(plugin.topics().pending());
        assertThat(written.partition()).as("where the key belongs")
                .isEqualTo(Utils.toPositive(Utils.murmur2("größer".getBytes(UTF_8))) % 4);
        assertThat(submission(written).terms().uniqueKey()).contains("größer");

        // then: the question
        assertThat(projector.asked().getLast()).isEqualTo("/internal/v1/jobs/" + id + "?position="
                + URLEncoder.encode(position, UTF_8) + "&until=decided&wait=2000");
    }

    @Test
    void shouldShowAJobThatWaitsForItsTimeAsScheduled() {
        // given
        projector.on("*", ScriptedProjector.json(job("scheduled", "")));

        // when
        Reply reply = api.submit("{\"type\":\"demo:echo\",\"uniqueKey\":\"k\",\"delay\":\"PT1H\"}");

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(reply.json().path("status").asText()).isEqualTo("scheduled");
    }

    @ParameterizedTest
    @ValueSource(strings = {UNIQUE, "{\"type\":\"demo:echo\",\"unique\":true}"})
    void shouldRefuseADuplicateWithALinkToTheFirst(String body) {
        // given
        projector.on("*", ScriptedProjector.json(rejected("duplicate")));

        // when
        Reply reply = api.submit(body);

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(409);
        assertThat(reply.problem()).isEqualTo("duplicate-job");
        assertThat(reply.header("Location")).isEqualTo("/api/v1/jobs/" + FIRST);
        assertThat(reply.json().path("jobId").asText()).isEqualTo(FIRST);
        assertThat(reply.json().path("job").asText()).isEqualTo("/api/v1/jobs/" + FIRST);
        assertThat(reply.json().path("detail").asText()).contains(FIRST);
    }

    @Test
    void shouldGiveEqualParamsOneKeyAndOnePartition() {
        // given
        projector.on("*", ScriptedProjector.json(job("queued", "")));

        // when
        Submission one = submitted(api.submit("{\"type\":\"demo:echo\",\"params\":{\"a\":1,\"b\":2},\"unique\":true}"));
        Submission same = submitted(
                api.submit("{\"type\":\"demo:echo\",\"unique\":true,\"params\":{\"b\":2.0,\"a\":1}}"));
        Submission other = submitted(
                api.submit("{\"type\":\"demo:echo\",\"unique\":true,\"params\":{\"b\":3,\"a\":1}}"));

        // then
        assertThat(one.terms().uniqueKey()).isPresent().isEqualTo(same.terms().uniqueKey());
        assertThat(other.terms().uniqueKey()).isPresent().isNotEqualTo(one.terms().uniqueKey());
    }

    @Test
    void shouldNameTheRequestInTheCommand() {
        // given
        projector.on("*", ScriptedProjector.json(job("running", "")));

        // when
        Reply reply = request("k-1", ECHO);
        Reply again = request("k-1", " " + ECHO.replace(":1", ":1.0"));
        Reply other = request("k-1", ECHO.replace(":1", ":2"));

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(reply.header("Idempotent-Replayed")).isEmpty();
        Terms.Idempotency idempotency = submitted(reply).terms().idempotency().orElseThrow();
        assertThat(idempotency.key()).isEqualTo("k-1");
        assertThat(idempotency.fingerprint()).matches("[0-9a-f]{64}");
        assertThat(submitted(again).terms().idempotency()).contains(idempotency);
        assertThat(submitted(other).terms().idempotency()).isPresent()
                .isNotEqualTo(submitted(again).terms().idempotency());
        assertThat(CommandPosition.parse(reply.header("Leat-Position")).partition())
                .isEqualTo(Utils.toPositive(Utils.murmur2("k-1".getBytes(UTF_8))) % 4);
    }

    @Test
    void shouldAnswerARequestThatComesAgainWithTheFirstJob() {
        // given
        String first = job("running", ",\"x\":1e2");
        projector.on("*", ScriptedProjector.json(rejected("repeated-request")))
                .on("/internal/v1/jobs/" + FIRST, ScriptedProjector.json(first));

        // when
        Reply running = request("k-2", ECHO);
        projector.on("/internal/v1/jobs/" + FIRST, ScriptedProjector.json(job("completed", "")));
        Reply ended = request("k-2", ECHO);

        // then
        assertThat(running.status()).as(running.body()).isEqualTo(200);
        assertThat(running.body()).isEqualTo(first);
        assertThat(running.header("Location")).isEqualTo("/api/v1/jobs/" + FIRST);
        assertThat(running.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(running.header("Retry-After")).isEqualTo("1");
        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.header("Retry-After")).isEmpty();
    }

    @Test
    void shouldSayToComeAgainWhereTheFirstJobHasJustBeenForgotten() {
        // given
        projector.on("*", ScriptedProjector.json(rejected("repeated-request")))
                .on("/internal/v1/jobs/" + FIRST, ScriptedProjector.problem(404, "job-not-found", Map.of()));

        // when
        Reply reply = request("k-3", ECHO);

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void shouldRefuseAKeyThatWasAnotherRequests() {
        // given
        projector.on("*", ScriptedProjector.json(rejected("idempotency-key-reused")));

        // when
        Reply reply = request("k-4", ECHO);

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(422);
        assertThat(reply.problem()).isEqualTo("idempotency-key-reused");
        assertThat(reply.json().path("jobId").asText()).isEqualTo(FIRST);
        assertThat(reply.header("Location")).isEqualTo("/api/v1/jobs/" + FIRST);
    }

    @Test
    void shouldTakeAJobThatAWorkerHasRejectedForAnotherReason() {
        // given
        projector.on("*", ScriptedProjector.json(rejected("unknown-job-type")));

        // when, then: it was taken, and shows why it did not run
        assertThat(api.submit(UNIQUE).status()).isEqualTo(202);
    }

    @Test
    void shouldAskAgainUntilItIsDecided() {
        // given
        AtomicInteger questions = new AtomicInteger();
        projector.on("*", exchange -> {
            // The counts that are asked for in the background have nothing to do with it.
            boolean ofJob = exchange.getRequestURI().getPath().startsWith("/internal/v1/jobs/");
            boolean decided = ofJob && questions.incrementAndGet() > 3;
            (decided
                    ? ScriptedProjector.json(rejected("duplicate"))
                    : ScriptedProjector.problem(503, "status-unavailable", Map.of("Retry-After", "1"))).to(exchange);
        });

        // when
        Reply reply = api.submit(UNIQUE);

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(409);
        assertThat(questions).hasValue(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 503})
    void shouldNameTheJobWhereNobodyKnowsWhetherItsKeyIsTaken(int status) {
        // given
        projector.on("*", ScriptedProjector.problem(status, "of-no-help", Map.of()));
        long before = log.end(plugin.topics().pending());

        // when
        Reply reply = api.submit(UNIQUE);

        // then: it is in the log, once
        assertThat(reply.status()).as(reply.body()).isEqualTo(503);
        assertThat(reply.problem()).isEqualTo("submission-undecided");
        assertThat(reply.json().path("outcome").asText()).isEqualTo("unknown");
        String id = reply.json().path("jobId").asText();
        assertThat(reply.json().path("job").asText()).isEqualTo("/api/v1/jobs/" + id);
        assertThat(reply.header("Retry-After")).isEqualTo("2");
        assertThat(log.end(plugin.topics().pending())).isEqualTo(before + 1);
        assertThat(log.all(plugin.topics().pending())).extracting(written -> new String(written.key(), UTF_8))
                .containsOnlyOnce(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "LONG"})
    void shouldRefuseARequestKeyOfAnotherForm(String key) {
        // given
        long before = log.end(plugin.topics().pending());

        // when
        Reply reply = request(key.replace("LONG", "k".repeat(201)), ECHO);

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.problem()).isEqualTo("invalid-parameter");
        assertThat(reply.json().path("parameter").asText()).isEqualTo("Idempotency-Key");
        assertThat(reply.json().path("detail").asText()).contains("1 to 200 printable");
        assertThat(log.end(plugin.topics().pending())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {UNIQUE, "{\"type\":\"demo:echo\",\"unique\":true}"})
    void shouldRefuseTwoKeys(String body) {
        // when
        Reply reply = request("k", body);

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().path("parameter").asText()).isEqualTo("Idempotency-Key");
    }

    @Test
    void shouldCheckAJobBeforeItsKey() {
        // given
        List<String> asked = projector.asked();

        // when
        Reply reply = request("k-5", "{\"type\":\"demo:prime\",\"params\":{\"limit\":1}}");

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.problem()).isEqualTo("invalid-params");
        assertThat(projector.asked()).isEqualTo(asked);
    }

    private Reply request(String key, String body) {
        return api.send("POST", "/api/v1/jobs", body,
                Map.of("Content-Type", "application/json", "Idempotency-Key", key));
    }

    private Submission submitted(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        return submission(log.at(CommandPosition.parse(reply.header("Leat-Position"))));
    }

    private Submission submission(ConsumerRecord<byte[], byte[]> written) {
        return plugin.codecs().pending().decode(written.topic(), written.value()).orElseThrow().submission();
    }

    private static String rejected(String code) {
        return job("rejected", ",\"error\":{\"code\":\"" + code + "\",\"message\":\"m\",\"stackTrace\":\"\"},"
                + "\"duplicateOf\":\"" + FIRST + "\"");
    }

    private static String job(String status, String members) {
        return """
                {"id":"%s","type":"demo:echo","plugin":"demo","status":"%s","priority":"low","tags":[],"params":{},\
                "attempt":1,"spentAttempts":0,"cancelRequested":false,"submittedAt":"2026-11-22T05:29:00Z"%s}"""
                .formatted(FIRST, status, members);
    }
}
