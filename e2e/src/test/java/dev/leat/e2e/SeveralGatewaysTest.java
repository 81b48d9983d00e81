package dev.leat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Several real APIs before one real projector, which decides for all of them. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class SeveralGatewaysTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int RACERS = 40;
    private static final int MOST = 10;
    private static final String DELAYED = """
            {"type":"demo:noop","delay":"PT1H"}""";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaCluster cluster;
    private final String prefix;
    private final List<AutoCloseable> running = new ArrayList<>();
    private final RunningRole projector;
    private final List<LeatApi> gateways = new ArrayList<>();

    SeveralGatewaysTest(KafkaCluster cluster, @TempDir Path folder) {
        this.cluster = cluster;
        prefix = cluster.newPrefix();
        projector = start("projector", Map.of("leat.projector.state.dir", folder.toString()));
        start("worker", Map.of("leat.worker.drain.timeout", "0s"));
        gateways.add(gateway(Map.of("leat.api.decision.timeout", "30s")));
        gateways.add(gateway(Map.of("leat.api.decision.timeout", "30s")));
    }

    private RunningRole start(String role, Map<String, String> options) {
        RunningRole started = RunningRole.start(cluster, prefix, role, options);
        running.addFirst(started);
        return started;
    }

    /** An API that knows the plugin of demonstration jobs. */
    private LeatApi gateway(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("leat.api.projectors", projector.url().toString());
        LeatApi api = new LeatApi(start("api", all).url());
        running.addFirst(api);
        await().atMost(SOON).until(() -> api.json("/api/v1/job-types").toString().contains("demo:sleep"));
        return api;
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable one : running) {
            one.close();
        }
    }

    /** What all of the racers are answered, who start at once, each at another API than the one before. */
    private List<HttpResponse<String>> race(String body, String... headers) throws Exception {
        CyclicBarrier together = new CyclicBarrier(RACERS);
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        try (ExecutorService racers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < RACERS; i++) {
                LeatApi api = gateways.get(i % gateways.size());
                answers.add(racers.submit(() -> {
                    together.await();
                    return api.postJob(body, headers);
                }));
            }
        }
        List<HttpResponse<String>> done = new ArrayList<>();
        for (Future<HttpResponse<String>> answer : answers) {
            done.add(answer.get());
        }
        return done;
    }

    private static Map<Integer, Long> statuses(List<HttpResponse<String>> answers) {
        return answers.stream().collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("Expected JSON, but got " + answer.body(), e);
        }
    }

    private static String accepted(List<HttpResponse<String>> answers) {
        return answers.stream()
                .filter(answer -> answer.statusCode() == 202)
                .map(answer -> json(answer).path("id").asText())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldAcceptExactlyOneOfManyJobsThatRaceForAKey() throws Exception {
        List<HttpResponse<String>> answers = race("""
                {"type":"demo:sleep","params":{"millis":600000},"uniqueKey":"invoice-7"}""");

        assertThat(statuses(answers)).isEqualTo(Map.of(202, 1L, 409, RACERS - 1L));
        String first = accepted(answers);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 409).allSatisfy(refused -> {
            assertThat(json(refused).path("type").asText()).isEqualTo("urn:leat:problem:duplicate-job");
            assertThat(json(refused).path("jobId").asText()).isEqualTo(first);
            assertThat(refused.headers().firstValue("Location")).contains("/api/v1/jobs/" + first);
        });
        for (LeatApi api : gateways) {
            api.awaitStatus(first, "running");
        }
    }

    @Test
    void shouldTakeManyRequestsWithOneKeyForOneRequest() throws Exception {
        List<HttpResponse<String>> answers = race("""
                {"type":"demo:noop","tags":["once"]}""", "Idempotency-Key", "order-7");

        assertThat(statuses(answers)).isEqualTo(Map.of(202, 1L, 200, RACERS - 1L));
        String first = accepted(answers);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).allSatisfy(replayed -> {
            assertThat(json(replayed).path("id").asText()).isEqualTo(first);
            assertThat(replayed.headers().firstValue("Idempotent-Replayed")).contains("true");
        });
        gateways.getFirst().awaitStatus(first, "completed");
        assertThat(gateways.getLast().json("/api/v1/jobs?tag=once&status=completed").path("jobs")).hasSize(1);
        HttpResponse<String> other = gateways.getLast().postJob("""
                {"type":"demo:noop","tags":["twice"]}""", "Idempotency-Key", "order-7");
        assertThat(other.statusCode()).as(other.body()).isEqualTo(422);
    }

    @Test
    void shouldRefuseJobsWhileTooManyWaitAndTakeThemAgainLater() throws Exception {
        LeatApi limited = gateway(Map.of("leat.api.queue.max.per.plugin", String.valueOf(MOST)));
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            waiting.add(gateways.getFirst().submit(DELAYED));
        }

        HttpResponse<String> refused = await().atMost(SOON)
                .until(() -> limited.postJob(DELAYED), answer -> answer.statusCode() == 429);

        assertThat(json(refused).path("type").asText()).isEqualTo("urn:leat:problem:plugin-queue-full");
        assertThat(json(refused).path("limit").asInt()).isEqualTo(MOST);
        assertThat(json(refused).path("queued").asInt()).isGreaterThanOrEqualTo(MOST);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        for (JsonNode job : limited.json("/api/v1/jobs?status=scheduled&limit=500").path("jobs")) {
            assertThat(limited.delete("/api/v1/jobs/" + job.path("id").asText()).statusCode()).isEqualTo(202);
        }
        waiting.forEach(id -> limited.awaitStatus(id, "cancelled"));
        await().atMost(SOON).until(() -> limited.postJob(DELAYED).statusCode() == 202);
    }
}
