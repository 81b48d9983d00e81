package dev.leat.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.leat.domain.Lane;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.submit.ScriptedProjector.Answer;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Requests that wait for the end of a job, with a projector that is told what to say and when. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class WaitTest {

    private static final String ID = "019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10";
    private static final String INTERNAL = "/internal/v1/jobs/" + ID;
    private static final String JOB = "/api/v1/jobs/" + ID;
    private static final String ECHO = "{\"type\":\"demo:echo\"}";

    private final ScriptedProjector projector = ScriptedProjector.start();
    private final Map<String, String> options;
    private final DemoPlugin plugin;
    private final ApiUnderTest api;

    WaitTest(KafkaCluster cluster) throws Exception {
        options = Map.of("leat.bootstrap.servers", cluster.bootstrapServers(), "leat.schema.registry.url",
                cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix());
        Settings settings = settings(projector.uri());
        plugin = DemoPlugin.announce(settings);
        api = ApiUnderTest.start(settings);
    }

    private Settings settings(URI projectors) {
        Map<String, String> all = new HashMap<>(options);
        all.put("leat.api.projectors", projectors.toString());
        return ApiUnderTest.settings(all);
    }

    @BeforeAll
    void awaitReadiness() {
        awaitReadiness(api);
    }

    private static void awaitReadiness(ApiUnderTest api) {
        await().until(() -> api.get("/health/readiness").status() == 200);
    }

    @AfterAll
    void stop() {
        api.close();
        plugin.close();
        projector.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"?wait=20|''|20|''", "''|wait=20|20|wait=20", "?wait=7|wait=20|7|''",
            "''|respond-async, wait=700|60|wait=60", "?wait=60|wait=x|60|''"})
    void shouldHandTheWaitOn(String query, String prefer, int seconds, String applied) {
        projector.on(INTERNAL, ScriptedProjector.json(job(ID, "completed")))
                .on(INTERNAL + "/result", ScriptedProjector.json("7"));
        for (String path : List.of("", "/result")) {
            // when
            Reply reply = api.send("GET", JOB + path + query, "",
                    prefer.isEmpty() ? Map.of() : Map.of("Prefer", prefer));

            // then
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(reply.header("Preference-Applied")).isEqualTo(applied);
            String asked = projector.asked().getLast();
            assertThat(asked).startsWith(INTERNAL + path + "?until=ended&wait=");
            assertThat(Duration.ofMillis(Long.parseLong(asked.replaceAll(".*=", ""))))
                    .isBetween(Duration.ofSeconds(seconds - 3), Duration.ofSeconds(seconds));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"?wait=0|''|''", "''|wait=0|wait=0", "''|wait=soon|''", "''|respond-async|''"})
    void shouldNotWaitWhereNobodyWantsThat(String query, String prefer, String applied) {
        // given
        projector.on(INTERNAL, ScriptedProjector.json(job(ID, "running")));

        // when
        Reply reply = api.send("GET", JOB + query, "", prefer.isEmpty() ? Map.of() : Map.of("Prefer", prefer));

        // then
        assertThat(reply.header("Preference-Applied")).isEqualTo(applied);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(projector.asked()).endsWith(INTERNAL);
    }

    @Test
    void shouldWaitForAStateThatHasSeenThePosition() {
        // given
        projector.on(INTERNAL + "/result", ScriptedProjector.json("7"));

        // when
        Reply reply = api.get(JOB + "/result?wait=5&position=leat.events-0@4");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(projector.asked().getLast())
                .startsWith(INTERNAL + "/result?position=leat.events-0%404&until=ended&wait=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"61", "-1", "1.5", "5s", "", "PT5S", "99999999999999999999", "5&wait=6"})
    void shouldRefuseAWaitOfAnotherForm(String wait) {
        // given
        long before = commands();

        // when, then
        for (Reply reply : List.of(api.get(JOB + "?wait=" + wait), api.get(JOB + "/result?wait=" + wait),
                api.send("POST", "/api/v1/jobs?wait=" + wait, ECHO, Map.of("Content-Type", "application/json")))) {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.problem()).isEqualTo("invalid-parameter");
            assertThat(reply.json().path("parameter").asText()).isEqualTo("wait");
            assertThat(reply.json().path("detail").asText()).startsWith("Expected wait");
        }
        assertThat(commands()).as("a refused submission leaves nothing behind").isEqualTo(before);
    }

    @Test
    void shouldAnswerASubmissionWithTheJobThatHasEnded() {
        // given
        projector.on("*", anyJob("completed"));

        // when
        Reply reply = submit(api, "?wait=30", Map.of());

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("status").asText()).isEqualTo("completed");
        assertThat(reply.header("Location")).isEqualTo("/api/v1/jobs/" + reply.json().path("id").asText());
        assertThat(reply.header("Retry-After")).isEmpty();
        assertThat(projector.asked().getLast()).contains("?position=", "&until=ended&wait=")
                .contains(reply.header("Leat-Position").replace("@", "%40"));
    }

    @Test
    void shouldAnswerASubmissionWithTheJobAsItIsAfterTheWait() {
        // given
        projector.on("*", anyJob("running"));

        // when
        Reply reply = submit(api, "", Map.of("Prefer", "wait=2"));

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(reply.json().path("status").asText()).isEqualTo("running");
        assertThat(reply.header("Preference-Applied")).isEqualTo("wait=2");
        assertThat(reply.header("Location")).isEqualTo("/api/v1/jobs/" + reply.json().path("id").asText());
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.header("Leat-Position")).isNotEmpty();
    }

    @Test
    void shouldAcceptASubmissionWhoseProjectorGoesAwayDuringTheWait() throws Exception {
        // given
        ScriptedProjector doomed = ScriptedProjector.start();
        doomed.on("*", doomed.silence());
        try (ApiUnderTest other = ApiUnderTest.start(settings(doomed.uri()))) {
            awaitReadiness(other);
            CompletableFuture<Reply> submission = CompletableFuture
                    .supplyAsync(() -> submit(other, "?wait=3", Map.of()));
            await().until(() -> doomed.asked().stream().anyMatch(path -> path.contains("until=ended")));
            assertThat(submission).isNotDone();

            // when
            doomed.close();

            // then
            Reply reply = submission.get(60, TimeUnit.SECONDS);
            assertThat(reply.status()).as(reply.body()).isEqualTo(202);
            assertThat(reply.json().path("status").asText()).isEqualTo("queued");
            assertThat(reply.header("Location")).isEqualTo("/api/v1/jobs/" + reply.json().path("id").asText());
            assertThat(reply.header("Leat-Position")).isNotEmpty();
        }
    }

    @Test
    void shouldWaitForTheFirstJobWhereTheRequestHasBeenMadeBefore() {
        // given
        projector.on(INTERNAL, ScriptedProjector.json(job(ID, "completed")))
                .on("*", ScriptedProjector.json(job("019aa3c1-7d52-7b3e-9c41-222222222222", "rejected")
                        .replaceFirst("}$", ",\"error\":{\"code\":\"repeated-request\",\"message\":\"\","
                                + "\"stackTrace\":\"\"},\"duplicateOf\":\"" + ID + "\"}")));

        // when
        Reply reply = submit(api, "", Map.of("Prefer", "wait=30", "Idempotency-Key", "once"));

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("id").asText()).isEqualTo(ID);
        assertThat(reply.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(reply.header("Preference-Applied")).isEqualTo("wait=30");
        assertThat(projector.asked().getLast()).startsWith(INTERNAL + "?until=ended&wait=");
    }

    @Test
    void shouldAcceptASubmissionThatTheProjectorDoesNotKnowAfterTheWait() {
        // given
        projector.on("*", ScriptedProjector.problem(404, "job-not-found", Map.of()));

        // when, then
        assertThat(submit(api, "?wait=1", Map.of()).status()).isEqualTo(202);
    }

    @Test
    void shouldGoOnWaitingWhileAProjectorHandsTheJobOver() {
        // given
        CountDownLatch refusals = new CountDownLatch(1);
        projector.on(INTERNAL, exchange -> {
            Answer answer = refusals.getCount() > 0
                    ? ScriptedProjector.problem(503, "status-unavailable", Map.of("Retry-After", "1"))
                    : ScriptedProjector.json(job(ID, "failed"));
            refusals.countDown();
            answer.to(exchange);
        });

        // when
        Reply reply = api.get(JOB + "?wait=30");

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("status").asText()).isEqualTo("failed");
    }

    @Test
    void shouldSayThatNoProjectorAnswersWhenTheWaitIsOver() {
        // given
        projector.on(INTERNAL, ScriptedProjector.problem(503, "status-unavailable", Map.of("Retry-After", "1")));
        int before = projector.asked().size();

        // when
        Reply reply = api.get(JOB + "?wait=2");

        // then
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.problem()).isEqualTo("status-unavailable");
        assertThat(projector.asked().size() - before).isGreaterThan(1);
    }

    @Test
    void shouldLetHundredsWaitAtOnce() throws Exception {
        // given
        int waiters = 400;
        CountDownLatch ended = new CountDownLatch(1);
        projector.on(INTERNAL, exchange -> {
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ScriptedProjector.json(job(ID, "completed")).to(exchange);
        });
        int before = projector.asked().size();
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            // when
            HttpRequest request = HttpRequest.newBuilder(api.uri(JOB + "?wait=60")).build();
            IntStream.range(0, waiters).forEach(_ -> waiting.add(http.sendAsync(request, BodyHandlers.ofString())));
            await().atMost(Duration.ofSeconds(30)).until(() -> projector.asked().size() - before == waiters);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            // Others are served meanwhile.
            assertThat(api.get("/api/v1/job-types").status()).isEqualTo(200);
            ended.countDown();

            // then
            for (CompletableFuture<HttpResponse<String>> answer : waiting) {
                assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            }
        }
    }

    private static Reply submit(ApiUnderTest api, String query, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return api.send("POST", "/api/v1/jobs" + query, ECHO, all);
    }

    /** Whichever job is asked for is shown so. */
    private static Answer anyJob(String status) {
        return exchange -> {
            String path = exchange.getRequestURI().getPath();
            ScriptedProjector.json(job(path.substring(path.lastIndexOf('/') + 1), status)).to(exchange);
        };
    }

    private static String job(String id, String status) {
        return """
                {"id":"%s","type":"demo:echo","plugin":"demo","status":"%s","priority":"low","tags":[],"params":{},\
                "attempt":1,"spentAttempts":0,"cancelRequested":false,"submittedAt":"2026-11-22T05:29:00Z"}"""
                .formatted(id, status);
    }

    private long commands() {
        String lane = plugin.topics().jobs("demo", Lane.LOW);
        try (Consumer<byte[], byte[]> consumer = new KafkaClients(settings(projector.uri())).consumer("wait-test")) {
            List<TopicPartition> partitions = IntStream.range(0, 4)
                    .mapToObj(partition -> new TopicPartition(lane, partition))
                    .toList();
            return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
