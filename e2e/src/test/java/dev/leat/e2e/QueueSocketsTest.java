package dev.leat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** WebSockets at two gateways before a real projector and a real worker. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class QueueSocketsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> WHOLE = List.of("job_created", "job_started", "job_completed");
    private static final String NOOP = """
            {"type":"demo:noop"}""";

    private final KafkaCluster cluster;
    private final String prefix;
    private final List<AutoCloseable> running = new ArrayList<>();
    private final RunningRole one;
    private final RunningRole other;
    private final LeatApi api;
    private final DocumentedMessages document;

    QueueSocketsTest(KafkaCluster cluster, @TempDir Path folder) throws Exception {
        this.cluster = cluster;
        prefix = cluster.newPrefix();
        RunningRole projector = start("projector", Map.of("leat.projector.state.dir", folder.toString()));
        start("worker", Map.of("leat.worker.grace", "0s"));
        Map<String, String> options = Map.of("leat.api.projectors", projector.url().toString());
        one = start("api", options);
        other = start("api", options);
        api = new LeatApi(one.url());
        running.addFirst(api);
        document = new DocumentedMessages(api);
    }

    private RunningRole start(String role, Map<String, String> options) {
        RunningRole started = RunningRole.start(cluster, prefix, role, options);
        running.addFirst(started);
        return started;
    }

    @BeforeAll
    void awaitTheDemo() {
        for (RunningRole gateway : List.of(one, other)) {
            try (LeatApi http = new LeatApi(gateway.url())) {
                await().atMost(SOON).until(() -> http.json("/api/v1/job-types").toString().contains("demo:sleep"));
            }
        }
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable part : running) {
            part.close();
        }
    }

    @Test
    void shouldTellSocketsOfAllGatewaysTheSame() throws Exception {
        try (QueueSocket first = connect(one, "");
                QueueSocket second = connect(one, "");
                QueueSocket third = connect(other, "")) {
            // given
            List<QueueSocket> sockets = List.of(first.awaitState(), second.awaitState(), third.awaitState());

            // when
            List<String> jobs = submit(20);
            third.send(
                    """
                            {"type":"create_job","requestId":"r1","job":{"type":"demo:fail","params":{"message":"no"},"maxAttempts":1}}""");
            await().atMost(SOON).until(() -> third.received().stream()
                    .anyMatch(message -> message.path("type").asText().equals("ack")));
            String failing = third.received().stream().filter(message -> message.path("type").asText().equals("ack"))
                    .map(message -> message.at("/job/id").asText()).findFirst().orElseThrow();

            // then
            for (QueueSocket socket : sockets) {
                await().atMost(SOON).until(() -> jobs.stream().allMatch(job -> socket.told(job).equals(WHOLE)));
                await().atMost(SOON).until(() -> socket.told(failing)
                        .equals(List.of("job_created", "job_started", "job_failed")));
            }
        }
    }

    @Test
    void shouldTellExactlyWhatWasMissedAtAnotherGateway() throws Exception {
        // given
        List<String> before;
        List<String> during;
        String position;
        List<JsonNode> told;
        try (QueueSocket socket = connect(one, "")) {
            socket.awaitState();
            before = submit(10);
            await().atMost(SOON).until(() -> before.stream().anyMatch(job -> socket.told(job).equals(WHOLE)));
            during = submit(10);
            // In the midst of it.
            position = socket.position();
            told = upTo(position, socket.received());
        }

        // when
        List<String> after = submit(10);
        List<String> all = new ArrayList<>(before);
        all.addAll(during);
        all.addAll(after);
        try (QueueSocket socket = connect(other, "?position=" + position)) {
            await().atMost(SOON)
                    .until(() -> after.stream().allMatch(job -> socket.told(job).contains("job_completed")));

            // then
            assertThat(socket.received()).noneMatch(message -> message.path("type").asText().equals("queue_state"));
            await().atMost(SOON).untilAsserted(() -> {
                List<JsonNode> now = new ArrayList<>(told);
                now.addAll(socket.received());
                assertThat(all).allSatisfy(job -> assertThat(types(job, now)).isEqualTo(WHOLE));
            });
        }
    }

    @Test
    void shouldTellWhatCameBetweenTheStateAndTheRest() throws Exception {
        // given
        List<String> jobs = submit(30);

        // when
        try (QueueSocket socket = connect(one, "")) {
            socket.awaitState();

            // then
            await().atMost(SOON).until(() -> jobs.stream().allMatch(job -> isCompleted(job, socket)));
        }
    }

    /** By the newest that the client knows: of the state, or what was told since. */
    private static boolean isCompleted(String job, QueueSocket socket) {
        String status = "";
        for (JsonNode message : socket.received()) {
            for (JsonNode shown : message.path("jobs")) {
                status = shown.path("id").asText().equals(job) ? shown.path("status").asText() : status;
            }
            status = message.at("/job/id").asText().equals(job) ? message.at("/job/status").asText() : status;
        }
        return status.equals("completed");
    }

    private static List<JsonNode> upTo(String position, List<JsonNode> messages) {
        List<JsonNode> before = new ArrayList<>();
        for (JsonNode message : messages) {
            before.add(message);
            if (message.path("position").asText().equals(position)) {
                return before;
            }
        }
        return before;
    }

    private static List<String> types(String job, List<JsonNode> messages) {
        return messages.stream().filter(message -> message.at("/job/id").asText().equals(job))
                .map(message -> message.path("type").asText()).toList();
    }

    private List<String> submit(int jobs) throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            ids.add(api.submit(NOOP));
        }
        return ids;
    }

    private QueueSocket connect(RunningRole gateway, String query) {
        return new QueueSocket(gateway.url(), query, document);
    }
}
