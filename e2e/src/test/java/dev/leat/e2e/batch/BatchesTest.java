package dev.leat.e2e.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Batches from their submission to their end, with a handler that records what it sees. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(240)
class BatchesTest {

    private final StepPlugin plugin = new StepPlugin();
    private final KafkaCluster cluster;
    @SuppressWarnings("NullAway.Init") // set before each test
    private BatchInstallation leat;

    BatchesTest(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        leat = new BatchInstallation(cluster, folder, plugin, Map.of("leat.projector.batch.window", "50"));
    }

    @AfterEach
    void stop() {
        plugin.openGate();
        leat.close();
    }

    private static String steps(int count) {
        return IntStream.range(0, count).mapToObj(BatchesTest::step).collect(Collectors.joining("\n"));
    }

    private static String step(int number) {
        return "{\"type\":\"steps:step\",\"params\":{\"number\":" + number + "}}";
    }

    private static String failing(int number) {
        return "{\"type\":\"steps:step\",\"params\":{\"number\":" + number + ",\"fails\":true}}";
    }

    private static String options(String options) {
        return "{\"options\":{" + options + "}}\n";
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void shouldRunEachOperationOnceWithinItsConcurrencyAndSumUp() throws Exception {
        String id = leat.submit(
                "{\"name\":\"night\",\"options\":{\"concurrency\":2},\"onCompletion\":{\"type\":\"steps:sum\"}}\n"
                        + steps(100));

        JsonNode batch = leat.awaitStatus(id, "completed");

        assertThat(batch.path("completed").asInt()).isEqualTo(100);
        assertThat(batch.path("percent").asDouble()).isEqualTo(100);
        assertThat(plugin.starts()).hasSize(100).allSatisfy((_, starts) -> assertThat(starts).isEqualTo(1));
        assertThat(plugin.mostRunning()).isLessThanOrEqualTo(2);
        await().untilAsserted(() -> assertThat(plugin.summaries()).singleElement().satisfies(summary -> {
            assertThat(summary.id()).isEqualTo(id);
            assertThat(summary.status()).isEqualTo("completed");
            assertThat(summary.states()).containsEntry("completed", 100);
        }));
        JsonNode job = leat.json(
                "/api/v1/jobs/" + leat.json("/api/v1/batches/" + id + "/operations?limit=1").at("/operations/0/jobId")
                        .asText());
        assertThat(job.at("/batch/id").asText()).isEqualTo(id);
        assertThat(job.at("/batch/index").asInt()).isZero();
        assertThat(leat.json("/api/v1/batches").at("/batches/0/name").asText()).isEqualTo("night");
    }

    @Test
    void shouldAcceptAllOrNothing() throws Exception {
        HttpResponse<String> refused = leat.send("POST", "/api/v1/batches", "application/x-ndjson",
                step(1) + "\n\n" + "{\"type\":\"steps:stop\"}\n" + step(-1) + "\nnonsense\n" + step(2));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("\"line\":3", "Did you mean steps:step?", "\"line\":4", "/params/number",
                "\"line\":5", "\"invalidOperations\":3");
        String after = leat.submit(step(7));
        leat.awaitStatus(after, "completed");
        assertThat(plugin.ran()).containsExactly(7);
        assertThat(leat.json("/api/v1/batches").path("batches")).hasSize(1);
    }

    @Test
    void shouldListBatchesOfAStatusNewestFirstInPages() throws Exception {
        List<String> completed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            completed.addFirst(leat.submit(step(i)));
        }
        for (String id : completed) {
            leat.awaitStatus(id, "completed");
        }
        String failed = leat.submit(failing(5));
        leat.awaitStatus(failed, "failed");
        String running = leat.submit("{\"type\":\"steps:gate\"}");
        leat.awaitStatus(running, "running");

        assertThat(walk("/api/v1/batches?status=completed&limit=2")).isEqualTo(completed);
        assertThat(walk("/api/v1/batches?status=failed&limit=2")).containsExactly(failed);
        assertThat(walk("/api/v1/batches?status=running&limit=2")).containsExactly(running);
        assertThat(walk("/api/v1/batches?limit=3")).startsWith(running, failed).hasSize(7);

        plugin.openGate();
        leat.awaitStatus(running, "completed");
        assertThat(walk("/api/v1/batches?status=running")).isEmpty();
        assertThat(leat.send("GET", "/api/v1/batches?status=released", "application/json", "").body())
                .contains("invalid-parameter", "rolled_back");
    }

    private List<String> walk(String list) throws Exception {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = leat.json(list + cursor);
            page.path("batches").forEach(batch -> ids.add(batch.path("id").asText()));
            cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : "";
        } while (!cursor.isEmpty());
        return ids;
    }

    @Test
    void shouldRetryAFailedOperationAsAJobByItself() throws Exception {
        String id = leat.submit(failing(1));
        leat.awaitStatus(id, "failed");
        String failed = leat.json("/api/v1/batches/" + id + "/operations").at("/operations/0/jobId").asText();

        HttpResponse<String> ended = leat.send("POST", "/api/v1/jobs/" + failed + "/retry?wait=60", "application/json",
                "{\"params\":{\"number\":2}}");

        assertThat(ended.statusCode()).as(ended.body()).isEqualTo(200);
        JsonNode retry = leat.json(ended.headers().firstValue("Location").orElseThrow());
        assertThat(retry.path("status").asText()).isEqualTo("completed");
        assertThat(retry.path("retryOf").asText()).isEqualTo(failed);
        assertThat(retry.path("maxAttempts")).isEqualTo(leat.json("/api/v1/jobs/" + failed).path("maxAttempts"));
        assertThat(retry.has("batch")).isFalse();
        assertThat(plugin.ran()).contains(2);
        assertThat(leat.json("/api/v1/jobs/" + failed).path("status").asText()).isEqualTo("failed");
        assertThat(leat.batch(id).path("status").asText()).isEqualTo("failed");
    }

    @Test
    void shouldStopAtFirstFailure() throws Exception {
        String id = leat.submit(options("\"onFailure\":\"stop\",\"concurrency\":1") + step(0) + "\n" + failing(1)
                + "\n" + steps(20));

        JsonNode batch = leat.awaitStatus(id, "failed");

        assertThat(plugin.ran()).containsExactly(0, 1);
        assertThat(batch.at("/states/skipped").asInt()).isEqualTo(20);
        assertThat(batch.at("/failures/0/index").asInt()).isEqualTo(1);
        assertThat(batch.at("/failures/0/error/message").asText()).contains("as it was told to");
        assertThat(leat.json("/api/v1/batches/" + id + "/operations?status=skipped&limit=500").path("operations"))
                .hasSize(20);
    }

    @Test
    void shouldCancelWhatRunsAndSkipTheRest() throws Exception {
        String id = leat.submit(options("\"concurrency\":2") + "{\"type\":\"steps:gate\"}\n".repeat(10));
        await().atMost(Duration.ofSeconds(30)).until(() -> leat.batch(id).path("current").size() == 2);

        assertThat(leat.send("DELETE", "/api/v1/batches/" + id, "application/json", "").statusCode()).isEqualTo(202);

        JsonNode batch = leat.awaitStatus(id, "cancelled");
        assertThat(batch.at("/states/cancelled").asInt()).isEqualTo(2);
        assertThat(batch.at("/states/skipped").asInt()).isEqualTo(8);
        assertThat(leat.send("DELETE", "/api/v1/batches/" + id, "application/json", "").statusCode()).isEqualTo(409);
    }

    @Test
    void shouldTakeBackInReverseOrder() throws Exception {
        String id = leat.submit(options("\"concurrency\":1") + steps(5));
        leat.awaitStatus(id, "completed");

        assertThat(leat.send("POST", "/api/v1/batches/" + id + "/rollback", "application/json", "").statusCode())
                .isEqualTo(202);

        JsonNode batch = leat.awaitStatus(id, "rolled_back");
        List<Integer> backwards = new ArrayList<>(numbers(5));
        Collections.reverse(backwards);
        assertThat(plugin.undone()).isEqualTo(backwards);
        assertThat(batch.at("/rollback/compensated").asInt()).isEqualTo(5);
    }

    @Test
    void shouldLoseAndRepeatNothingWhereTheProjectorIsStartedAgainInBetween() throws Exception {
        String id = leat.submit(steps(2_000));
        for (int rounds = 0; rounds < 3; rounds++) {
            int before = plugin.ran().size();
            await().atMost(Duration.ofSeconds(60)).until(() -> plugin.ran().size() > Math.min(before + 200, 1_900));
            leat.stopProjector();
            leat.startProjector();
        }

        JsonNode batch = leat.awaitStatus(id, "completed");

        assertThat(batch.path("completed").asInt()).isEqualTo(2_000);
        assertThat(plugin.starts()).hasSize(2_000).allSatisfy((_, starts) -> assertThat(starts).isEqualTo(1));
    }
}
