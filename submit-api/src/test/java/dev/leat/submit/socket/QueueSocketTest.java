package dev.leat.submit.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.domain.Lane;
import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest;
import dev.leat.submit.DemoPlugin;
import dev.leat.submit.ScriptedProjector;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/**
 * The WebSocket on a real broker and server, with a feed and a projector that say what a test tells them. Each message in
 * both directions is held against the document by {@link SocketClient}.
 */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueueSocketTest {

    private static final String ID = "019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10";
    private static final String JOB = """
            {"id":"%s","type":"demo:prime","plugin":"demo","status":"%s","priority":"normal","tags":[],"attempt":1,\
            "spentAttempts":0,"cancelRequested":false,"submittedAt":"2026-01-31T12:00:00Z"}""";
    private static final String ALLOWED = "https://jobs.example.com";

    private final ScriptedProjector projector = ScriptedProjector.start();
    private final Settings settings;
    private final DemoPlugin plugin;
    private final ApiUnderTest api;
    private final ScriptedFeed feed;

    QueueSocketTest(KafkaCluster cluster) throws Exception {
        projector.on("/internal/v1/jobs", ScriptedProjector.json("{\"jobs\":[]}"));
        stats(0);
        settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix(),
                "leat.api.projectors", projector.uri().toString(), "leat.api.socket.origins", ALLOWED,
                "leat.api.socket.backlog.max", "500", "leat.api.max.body", "100kB"));
        plugin = DemoPlugin.announce(settings);
        api = ApiUnderTest.start(settings, Map.of(ScriptedFeed.WANTED, "true"));
        feed = api.context().getBean(ScriptedFeed.class);
    }

    @BeforeAll
    void awaitReadiness() {
        await().until(() -> api.get("/health/readiness").status() == 200);
    }

    @BeforeEach
    void nobodyIsLeft() {
        await().until(() -> sessions().count() == 0 && feed.watchers() == 0);
        projector.on("/internal/v1/jobs", ScriptedProjector.json("{\"jobs\":[]}"));
    }

    @AfterAll
    void stop() {
        api.close();
        plugin.close();
        projector.close();
    }

    @Test
    void shouldBeginWithTheQueueAsItIs() {
        // given
        projector.on("/internal/v1/jobs",
                ScriptedProjector.json("{\"jobs\":[" + JOB.formatted(ID, "running") + "],\"nextCursor\":\"x\"}"));

        // when
        try (SocketClient client = connect("")) {
            JsonNode state = client.awaitFirst("queue_state");

            // then
            assertThat(state.at("/jobs/0/id").asText()).isEqualTo(ID);
            assertThat(state.at("/stats/workers/live").isInt()).isTrue();
            assertThat(state.path("position").asText()).isEqualTo(feed.shown().toString());
            assertThat(projector.asked()).contains("/internal/v1/jobs?limit=200");
        }
    }

    @Test
    void shouldTellEachSocketTheSame() {
        try (SocketClient one = connect(""); SocketClient other = connect(""); SocketClient third = connect("")) {
            // given
            Stream.of(one, other, third).forEach(client -> client.awaitFirst("queue_state"));
            await().until(() -> feed.watchers() == 3);
            TestJob job = job(1);
            TestJob failing = job(2);

            // when
            feed.tell(job.created());
            feed.tell(job.started());
            feed.tell(job.progressed(40));
            feed.tell(job.cancelWanted());
            feed.tell(job.succeeded());
            feed.tell(failing.created());
            feed.tell(failing.started());
            feed.tell(failing.failed("at Mill"));

            // then
            for (SocketClient client : List.of(one, other, third)) {
                client.awaitFirst("job_failed");
                assertThat(client.types()).filteredOn(type -> !type.equals("job_progress")).containsExactly(
                        "queue_state", "job_created", "job_started", "job_updated", "job_completed", "job_created",
                        "job_started", "job_failed");
                assertThat(client.awaitFirst("job_updated").at("/job/status").asText()).isEqualTo("cancelling");
                JsonNode failed = client.awaitFirst("job_failed");
                assertThat(failed.at("/job/error/code").asText()).isEqualTo("handler-failed");
                assertThat(failed.at("/job/at").asText()).isEqualTo("2026-01-01T12:00:04Z");
                assertThat(client.received().toString()).doesNotContain("secret");
                assertThat(client.position()).isEqualTo(feed.shown().toString());
            }
        }
    }

    @Test
    void shouldGoOnFromTheLastPosition() {
        // given
        TestJob job = job(1);
        String position;
        try (SocketClient client = connect("")) {
            client.awaitFirst("queue_state");
            await().until(() -> feed.watchers() == 1);
            feed.tell(job.created());
            client.awaitFirst("job_created");
            position = client.position();
        }
        feed.tell(job.started());
        feed.tell(job.succeeded());

        // when
        try (SocketClient client = connect("?position=" + position)) {
            // then
            client.awaitFirst("job_completed");
            assertThat(client.types()).containsExactly("job_started", "job_completed");
        }
    }

    @Test
    void shouldShowAllWhereItCannotGoOn() {
        // given
        String old = feed.shown().toString();
        feed.tell(job(1).created());
        feed.forget();

        // when
        try (SocketClient late = connect("?position=" + old); SocketClient lost = connect("?position=nonsense!")) {
            // then
            assertThat(late.awaitFirst("queue_state").path("position").asText()).isEqualTo(feed.shown().toString());
            assertThat(lost.awaitFirst("queue_state").path("position").asText()).isEqualTo(feed.shown().toString());
        }
    }

    @Test
    void shouldTakeThePositionOfAnInstallationWithManyLanes() {
        try (SocketClient client = connect("?position=" + "A".repeat(20_000))) {
            client.awaitFirst("queue_state");
        }
    }

    @Test
    void shouldSayThatTheQueueCannotBeShown() {
        // given
        projector.on("/internal/v1/jobs", ScriptedProjector.problem(503, "status-unavailable", Map.of()));

        // when
        try (SocketClient client = connect("")) {
            // then
            assertThat(client.awaitClose()).isEqualTo(1013);
            JsonNode error = client.awaitFirst("error");
            assertThat(problem(error)).isEqualTo("status-unavailable");
            assertThat(error.path("retryAfter").asInt()).isPositive();
            assertThat(error.has("requestId")).isFalse();
        }
    }

    @Test
    void shouldAnswerAPing() {
        try (SocketClient client = connect("")) {
            client.send("{\"type\":\"ping\",\"requestId\":\"r1\"}");
            assertThat(client.awaitAnswer("r1").path("type").asText()).isEqualTo("pong");
        }
    }

    @Test
    void shouldBeginAnewWhenAskedTo() {
        try (SocketClient client = connect("")) {
            // given
            client.awaitFirst("queue_state");
            await().until(() -> feed.watchers() == 1);
            TestJob job = job(1);
            feed.tell(job.created());
            client.awaitFirst("job_created");

            // when
            client.send("{\"type\":\"get_state\",\"requestId\":\"r1\"}");
            JsonNode state = client.awaitAnswer("r1");
            await().until(() -> feed.watchers() == 1);
            feed.tell(job.started());
            client.awaitFirst("job_started");

            // then
            assertThat(state.path("position").asText()).isNotEqualTo(client.position());
            assertThat(client.types()).containsExactly("queue_state", "job_created", "queue_state", "job_started");
        }
    }

    @Test
    void shouldSubmitAJob() {
        try (SocketClient client = connect("")) {
            // when
            client.send(
                    """
                            {"type":"create_job","requestId":"r1","job":{"type":"demo:prime","params":{"limit":1000},"tags":["a"]}}""");
            JsonNode ack = client.awaitAnswer("r1");

            // then
            assertThat(ack.at("/job/status").asText()).isEqualTo("queued");
            assertThat(ack.at("/job/params/limit").asInt()).isEqualTo(1_000);
            assertThat(ack.path("commandPosition").asText()).startsWith(plugin.topics().jobs("demo", Lane.NORMAL));
            assertThat(ack.path("repeated").asBoolean()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "{'type':'demo:prine'}|unknown-job-type", "{'type':'demo:prime','params':{'limit':1}}|invalid-params",
            "{'type':'demo:prime','delay':'PT0S','runAt':'2026-01-31T12:00:00Z'}|invalid-request",
            "{'type':'demo:prime','uniqueKey':'k','unique':true}|invalid-request"})
    void shouldRefuseAJobAsTheHttpApiDoes(String job, String problem) {
        // given
        String body = job.replace('\'', '"');
        JsonNode byHttp = api.submit(body).json();

        // when
        try (SocketClient client = connect("")) {
            client.sendAnyhow("{\"type\":\"create_job\",\"requestId\":\"r1\",\"job\":" + body + "}");
            JsonNode error = client.awaitAnswer("r1");

            // then
            assertThat(problem(error)).isEqualTo(problem);
            assertThat(error.path("problem")).isEqualTo(byHttp);
        }
    }

    @Test
    void shouldAskForAJobToBeCancelled() {
        // given
        projector.on("/internal/v1/jobs/" + ID, ScriptedProjector.json(JOB.formatted(ID, "running")));

        // when
        try (SocketClient client = connect("")) {
            client.send("{\"type\":\"cancel_job\",\"requestId\":\"r1\",\"jobId\":\"" + ID + "\"}");
            JsonNode ack = client.awaitAnswer("r1");

            // then
            assertThat(ack.at("/job/status").asText()).isEqualTo("cancelling");
            assertThat(ack.at("/job/cancelRequested").asBoolean()).isTrue();
            assertThat(ack.path("commandPosition").asText()).startsWith(plugin.topics().control());
        }
    }

    @Test
    void shouldSayWhyAJobCannotBeCancelled() {
        // given
        projector.on("/internal/v1/jobs/" + ID, ScriptedProjector.json(JOB.formatted(ID, "completed")));

        // when
        try (SocketClient client = connect("")) {
            client.send("{\"type\":\"cancel_job\",\"requestId\":\"r1\",\"jobId\":\"" + ID + "\"}");
            client.send("{\"type\":\"cancel_job\",\"requestId\":\"r2\",\"jobId\":\"" + ID.replace('9', '8') + "\"}");

            // then
            assertThat(problem(client.awaitAnswer("r1"))).isEqualTo("job-already-finished");
            assertThat(problem(client.awaitAnswer("r2"))).isEqualTo("job-not-found");
        }
    }

    @Test
    void shouldClearCompletedJobs() {
        // given
        projector.on("/internal/v1/jobs",
                ScriptedProjector.json("{\"jobs\":[" + JOB.formatted(ID, "completed") + "]}"));

        // when
        try (SocketClient client = connect("")) {
            client.send("{\"type\":\"clear_completed\",\"requestId\":\"r1\"}");
            JsonNode ack = client.awaitAnswer("r1");

            // then
            assertThat(ack.path("cleared").asInt()).isEqualTo(1);
            assertThat(ack.path("more").asBoolean()).isFalse();
            assertThat(projector.asked()).anyMatch(path -> path.startsWith("/internal/v1/jobs?status=completed&"));
        }
    }

    @Test
    void shouldRefuseMessagesThatAreWrongAndGoOn() {
        try (SocketClient client = connect("")) {
            // when
            client.sendAnyhow("nonsense");
            client.sendAnyhow("{\"type\":\"dance\",\"requestId\":\"r1\"}");
            client.sendAnyhow("""
                    {"type":"create_job","requestId":"r2","job":{"type":"demo:echo","params":{"x":"%s"}}}"""
                    .formatted("x".repeat(200_000)));
            client.sendInParts("{\"type\":\"ping\",", "\"requestId\":\"r3\"}");

            // then
            assertThat(client.awaitAnswer("r3").path("type").asText()).isEqualTo("pong");
            assertThat(problem(client.awaitFirst("error"))).isEqualTo("malformed-json");
            assertThat(problem(client.awaitAnswer("r1"))).isEqualTo("invalid-request");
            assertThat(problem(client.awaitAnswer("r2"))).isEqualTo("content-too-large");
        }
    }

    @Test
    void shouldEndAConnectionThatSendsWhatCannotBeAnswered() {
        try (SocketClient binary = connect(""); SocketClient flood = connect("")) {
            binary.sendBinary();
            assertThat(binary.awaitClose()).isEqualTo(1003);
            String part = "x".repeat(600_000);
            flood.sendInParts(part, part);
            assertThat(flood.awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void shouldTakeNoMoreRequestsAtATimeThanItSays() {
        // given
        projector.on("/internal/v1/jobs/" + ID, projector.silence());

        // when
        try (SocketClient client = connect("")) {
            IntStream.rangeClosed(0, QueueSession.MAX_REQUESTS).forEach(i -> client.send(
                    "{\"type\":\"cancel_job\",\"requestId\":\"r" + i + "\",\"jobId\":\"" + ID + "\"}"));

            // then
            JsonNode refused = client.awaitAnswer("r" + QueueSession.MAX_REQUESTS);
            assertThat(problem(refused)).isEqualTo("too-many-requests");
            client.send("{\"type\":\"ping\",\"requestId\":\"p\"}");
            client.awaitAnswer("p");
        }
    }

    @Test
    void shouldTellOfOtherCounts() {
        try (SocketClient client = connect("")) {
            // given
            client.awaitFirst("queue_state");

            // when
            stats(7);

            // then
            await().until(() -> client.received().stream()
                    .anyMatch(message -> message.path("type").asText().equals("stats_update")
                            && message.at("/stats/jobs/completed").asInt() == 7));
        }
    }

    @Test
    void shouldCutAClientThatReadsNothingAndGoOnWithOthers() throws Exception {
        try (DeafClient deaf = DeafClient.connect(api.uri("/ws/queue")); SocketClient other = connect("")) {
            // given
            other.awaitFirst("queue_state");
            await().until(() -> feed.watchers() == 2);
            String trace = "x".repeat(16_000);

            // when
            int number = 0;
            while (feed.watchers() == 2 && number < 20_000) {
                TestJob job = job(number);
                feed.tell(job.created());
                feed.tell(job.started());
                feed.tell(job.failed(trace));
                number++;
                if (number % 50 == 0) {
                    awaitAllTold(other);
                }
            }
            awaitAllTold(other);

            // then
            assertThat(feed.watchers()).isEqualTo(1);
            await().until(() -> sessions().count() == 1);
            assertThat(other.isClosed()).isFalse();
            assertThat(deaf.isConnected()).isTrue();
            assertThat(other.types()).filteredOn("job_failed"::equals).hasSize(number);
        }
    }

    @Test
    void shouldSayGoodbyeWhenTheServerStops() {
        // given
        ApiUnderTest stopping = ApiUnderTest.start(settings, Map.of(ScriptedFeed.WANTED, "true"));
        try (SocketClient client = SocketClient.connect(stopping.uri("/ws/queue"), "", Map.of())) {
            client.awaitFirst("queue_state");

            // when
            stopping.close();

            // then
            assertThat(client.awaitClose()).isEqualTo(1001);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://elsewhere.example", "null", "http://127.0.0.1",
            "https://jobs.example.com.evil.example",
            "http://jobs.example.com", "https://jobs.example.com:8443"})
    void shouldRefusePagesOfOtherOrigins(String origin) {
        assertThatThrownBy(() -> SocketClient.connect(api.uri("/ws/queue"), "", Map.of("Origin", origin)))
                .isInstanceOf(CompletionException.class);
        assertThat(sessions().count()).isZero();
    }

    @Test
    void shouldLetPagesOfItsOwnAndOfAllowedOriginsIn() {
        String own = "http://" + api.uri("").getAuthority();
        for (String origin : List.of(own, ALLOWED, ALLOWED + ":443")) {
            try (SocketClient client = SocketClient.connect(api.uri("/ws/queue"), "", Map.of("Origin", origin))) {
                client.awaitFirst("queue_state");
            }
        }
    }

    @Test
    void shouldSayThatThereIsAWebSocket() {
        // when
        ApiUnderTest.Reply reply = api.sendUnchecked("GET", "/ws/queue", BodyPublishers.noBody(), Map.of());

        // then
        assertThat(reply.status()).isEqualTo(426);
        assertThat(reply.problem()).isEqualTo("upgrade-required");
    }

    private SocketClient connect(String query) {
        return SocketClient.connect(api.uri("/ws/queue"), query, Map.of());
    }

    private void awaitAllTold(SocketClient client) {
        String position = feed.shown().toString();
        await().until(() -> client.position().equals(position));
    }

    private QueueSessions sessions() {
        return api.context().getBean(QueueSessions.class);
    }

    private TestJob job(int number) {
        return new TestJob(number, feed::next);
    }

    private void stats(int completed) {
        projector.on(ScriptedProjector.STATS, ScriptedProjector.json(
                "{\"jobs\":{\"completed\":%d},\"byPlugin\":{\"demo\":{\"completed\":%d}}}".formatted(completed,
                        completed)));
    }

    private static String problem(JsonNode error) {
        return error.at("/problem/type").asText().replace("urn:leat:problem:", "");
    }
}
