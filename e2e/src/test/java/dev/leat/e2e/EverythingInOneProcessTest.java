package dev.leat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new user does: {@code leat up}, submit, poll, fetch the result, cancel, kill, start again. */
@Tag("process")
class EverythingInOneProcessTest {

    @TempDir
    Path folder;

    @Test
    void shouldTakeAJobFromSubmissionToResultAndKeepItOverAKill() throws Exception {
        String id;
        try (LeatProcess leat = up("first"); LeatApi api = new LeatApi(leat.url())) {
            id = api.submit("""
                    {"type":"demo:prime","params":{"limit":100000},"priority":"high","tags":["first"]}""");
            JsonNode running = Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> api.job(id), job -> job.at("/progress/percent").asDouble() > 0);
            assertThat(running.path("status").asText()).isIn("running", "completed");
            JsonNode completed = api.awaitStatus(id, "completed");
            assertThat(completed.path("priority").asText()).isEqualTo("high");
            assertResult(api, id);

            String unwanted = api.submit("""
                    {"type":"demo:sleep","params":{"millis":60000}}""");
            api.awaitStatus(unwanted, "running");
            assertThat(api.delete("/api/v1/jobs/" + unwanted).statusCode()).isEqualTo(202);
            api.awaitStatus(unwanted, "cancelled");
            assertThat(api.delete("/api/v1/jobs/" + unwanted).statusCode()).isEqualTo(409);

            assertThat(api.post("/api/v1/schedules", """
                    {"id":"tick","every":"PT1S","job":{"type":"demo:echo","params":{"message":"tick"}}}""")
                    .statusCode()).isEqualTo(201);
            awaitCompletedFiring(api, Instant.EPOCH);
        }
        Instant killed = Instant.now();
        try (LeatProcess leat = up("second"); LeatApi api = new LeatApi(leat.url())) {
            api.awaitStatus(id, "completed");
            assertResult(api, id);
            awaitCompletedFiring(api, killed);
            assertThat(api.delete("/api/v1/schedules/tick").statusCode()).isEqualTo(204);
            assertThat(api.json("/api/v1/jobs?tag=first").path("jobs")).singleElement()
                    .extracting(job -> job.path("id").asText())
                    .isEqualTo(id);
            assertThatThrownBy(() -> LeatProcess.start(folder, "third", "up", "--data",
                    folder.resolve("other").toString(), "--broker-port", "0", "--registry-port", "0", "--port",
                    String.valueOf(leat.url().getPort())))
                    .hasMessageContaining("Expected to bind the HTTP server to port " + leat.url().getPort())
                    .hasMessageContaining("--port");
        }
    }

    private static void awaitCompletedFiring(LeatApi api, Instant dueAfter) {
        Awaitility.await("a firing that was due after " + dueAfter + " to complete")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> StreamSupport
                        .stream(api.json("/api/v1/schedules/tick").path("lastFirings").spliterator(), false)
                        .anyMatch(firing -> firing.path("status").asText().equals("completed")
                                && Instant.parse(firing.path("dueAt").asText()).isAfter(dueAfter)));
    }

    /** Closing a {@link LeatProcess} is {@code kill -9}. */
    private LeatProcess up(String name) throws Exception {
        return LeatProcess.start(folder, name, "up", "--data", folder.resolve("data").toString(), "--broker-port", "0",
                "--registry-port", "0", "--port", "0");
    }

    private static void assertResult(LeatApi api, String id) throws Exception {
        JsonNode result = api.json("/api/v1/jobs/" + id + "/result");
        assertThat(result.path("count").asInt()).isEqualTo(9592);
        assertThat(result.at("/primes/0").asInt()).isEqualTo(2);
        assertThat(result.at("/primes/9591").asInt()).isEqualTo(99991);
        assertThat(result.has("duration")).isTrue();
    }
}
