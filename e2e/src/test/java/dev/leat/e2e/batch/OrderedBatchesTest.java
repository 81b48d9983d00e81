package dev.leat.e2e.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Templates, the batches that schedules and handlers order, and estimates, from the request to the end. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(240)
class OrderedBatchesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TEMPLATE = """
            {"parameters": {"first": {"type": "integer"}, "who": {"type": "string", "default": "nobody"}},
             "batch": {"name": "steps for ${who}", "options": {"concurrency": 1},
                       "operations": [{"type": "steps:step", "params": {"number": "${first}"}},
                                      {"type": "steps:step", "params": {"number": 2}}]}}""";

    private final StepPlugin plugin = new StepPlugin();
    private final KafkaCluster cluster;
    @SuppressWarnings("NullAway.Init") // set before each test
    private BatchInstallation leat;

    OrderedBatchesTest(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        leat = new BatchInstallation(cluster, folder, plugin, Map.of());
        assertThat(send("PUT", "/api/v1/batch-templates/steps", TEMPLATE).statusCode()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        plugin.openGate();
        leat.close();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return leat.send(method, path, "application/json", body);
    }

    private String accepted(String method, String path, String body) throws Exception {
        HttpResponse<String> reply = send(method, path, body);
        assertThat(reply.statusCode()).as(reply.body()).isIn(201, 202);
        return JSON.readTree(reply.body()).path("id").asText();
    }

    private List<JsonNode> lastFirings(String schedule) throws Exception {
        List<JsonNode> firings = new ArrayList<>();
        leat.json("/api/v1/schedules/" + schedule).path("lastFirings").forEach(firings::add);
        return firings;
    }

    @Test
    void shouldRunATemplateWithItsParams() throws Exception {
        assertThat(send("POST", "/api/v1/batch-templates/steps/run", "{}").body()).contains("/params/first");

        String id = accepted("POST", "/api/v1/batch-templates/steps/run", "{\"params\": {\"first\": 7}}");

        assertThat(leat.awaitStatus(id, "completed").path("name").asText()).isEqualTo("steps for nobody");
        assertThat(plugin.ran()).containsExactly(7, 2);
    }

    @Test
    void shouldRunATemplateOnceAtEachDueTimeOfItsSchedule() throws Exception {
        accepted("POST", "/api/v1/schedules", """
                {"id": "tick", "every": "PT1S", "overlap": "queue",
                 "batchTemplate": {"name": "steps", "params": {"first": 1, "who": "tick"}}}""");
        await().atMost(SOON).until(() -> lastFirings("tick").stream()
                .filter(firing -> firing.path("status").asText().equals("completed")).count() >= 3);
        assertThat(send("POST", "/api/v1/schedules/tick/pause", "").statusCode()).isEqualTo(200);

        await().atMost(SOON).until(() -> lastFirings("tick").stream().filter(firing -> firing.has("batchId"))
                .allMatch(firing -> firing.has("status")));
        List<String> batches = lastFirings("tick").stream().filter(firing -> firing.has("batchId"))
                .map(firing -> firing.path("batchId").asText()).toList();
        assertThat(batches).doesNotHaveDuplicates();
        assertThat(leat.batch(batches.getFirst()).path("name").asText()).isEqualTo("steps for tick");
        assertThat(leat.json("/api/v1/batches?limit=100").path("batches")).hasSize(batches.size());
        assertThat(plugin.starts()).containsOnly(Map.entry(1, batches.size()), Map.entry(2, batches.size()));
    }

    @Test
    void shouldShowWhyABatchOfAScheduleCouldNotBeMade() throws Exception {
        assertThat(send("POST", "/api/v1/schedules", """
                {"id": "none", "every": "PT1H", "batchTemplate": {"name": "nothing"}}""").body())
                .contains("/batchTemplate/name");
        assertThat(send("POST", "/api/v1/schedules", """
                {"id": "none", "every": "PT1H", "batchTemplate": {"name": "steps", "params": {"first": "x"}}}""")
                .body()).contains("/batchTemplate/params/first");
        accepted("POST", "/api/v1/schedules", """
                {"id": "gone", "every": "PT1H", "batchTemplate": {"name": "steps", "params": {"first": 1}}}""");
        assertThat(send("DELETE", "/api/v1/batch-templates/steps", "").statusCode()).isEqualTo(202);

        assertThat(send("POST", "/api/v1/schedules/gone/trigger", "").statusCode()).isEqualTo(200);

        await().atMost(SOON).until(() -> lastFirings("gone").getFirst().path("status").asText().equals("rejected"));
        JsonNode batch = leat.batch(lastFirings("gone").getFirst().path("batchId").asText());
        assertThat(batch.path("status").asText()).isEqualTo("rejected");
        assertThat(batch.at("/error/code").asText()).isEqualTo("batch-template-not-found");
        assertThat(batch.path("total").asInt()).isZero();
    }

    @Test
    void shouldCancelTheWholeBatchOfAnEarlierFiring() throws Exception {
        assertThat(send("PUT", "/api/v1/batch-templates/gates", """
                {"batch": {"operations": [{"type": "steps:gate"}, {"type": "steps:gate"}]}}""").statusCode())
                .isEqualTo(200);
        accepted("POST", "/api/v1/schedules", """
                {"id": "over", "every": "PT1H", "overlap": "cancel-previous", "batchTemplate": {"name": "gates"}}""");
        send("POST", "/api/v1/schedules/over/trigger", "");
        await().atMost(SOON).until(() -> leat.batch(lastFirings("over").getFirst().path("batchId").asText())
                .path("current").size() == 2);

        send("POST", "/api/v1/schedules/over/trigger", "");

        await().atMost(SOON).until(() -> lastFirings("over").size() == 2);
        assertThat(lastFirings("over").getLast().path("status").asText()).isEqualTo("cancelled");
        assertThat(leat.batch(lastFirings("over").getLast().path("batchId").asText()).path("status").asText())
                .isEqualTo("cancelled");
    }

    @Test
    void shouldRunTheBatchOfAHandlerOnceThoughItsAttemptIsRepeated() throws Exception {
        String job = accepted("POST", "/api/v1/jobs", "{\"type\": \"steps:fan\", \"params\": {\"count\": 5}}");

        await().atMost(SOON).until(() -> leat.json("/api/v1/jobs/" + job).path("status").asText().equals("completed"));

        JsonNode done = leat.json("/api/v1/jobs/" + job);
        assertThat(done.path("attempt").asInt()).isEqualTo(2);
        String batch = leat.json("/api/v1/jobs/" + job + "/result").at("/id").asText();
        leat.awaitStatus(batch, "completed");
        String after = leat.submit("{\"type\":\"steps:step\",\"params\":{\"number\":100}}");
        leat.awaitStatus(after, "completed");
        assertThat(plugin.starts()).hasSize(6).allSatisfy((_, starts) -> assertThat(starts).isEqualTo(1));
    }

    @Test
    void shouldEstimateAJobFromTheHistoryOfItsType() throws Exception {
        String history = leat.submit("{\"type\":\"steps:pause\",\"params\":{\"millis\":50}}\n".repeat(8));
        leat.awaitStatus(history, "completed");
        String job = accepted("POST", "/api/v1/jobs", "{\"type\": \"steps:pause\", \"params\": {\"millis\": 60000}}");

        await().atMost(SOON).until(() -> leat.json("/api/v1/jobs/" + job).path("status").asText().equals("running"));

        JsonNode estimate = leat.json("/api/v1/jobs/" + job).path("estimate");
        assertThat(estimate.path("basis").asInt()).isEqualTo(8);
        assertThat(estimate.path("low").asDouble()).isLessThanOrEqualTo(estimate.path("seconds").asDouble());
        assertThat(estimate.path("high").asDouble()).isGreaterThanOrEqualTo(estimate.path("seconds").asDouble());
        plugin.openGate();
        await().atMost(SOON)
                .until(() -> leat.json("/api/v1/jobs/" + job).path("status").asText().equals("completed"));
        assertThat(leat.json("/api/v1/jobs/" + job).has("estimate")).isFalse();
    }
}
