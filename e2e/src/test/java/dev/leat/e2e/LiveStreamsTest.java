package dev.leat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

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
import dev.leat.testkit.EventSource;
import dev.leat.testkit.EventSource.Event;
import dev.leat.testkit.KafkaCluster;

/** Streams of two real APIs, with a real worker and a real projector that comes and goes. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class LiveStreamsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaCluster cluster;
    private final String prefix;
    private final List<AutoCloseable> running = new ArrayList<>();
    private final RunningRole first;
    private final RunningRole second;
    private final LeatApi api;

    LiveStreamsTest(KafkaCluster cluster, @TempDir Path folder) {
        this.cluster = cluster;
        prefix = cluster.newPrefix();
        RunningRole projector = start("projector", Map.of("leat.projector.state.dir", folder.toString()));
        start("worker", Map.of("leat.worker.drain.timeout", "0s"));
        Map<String, String> options = Map.of("leat.api.projectors", projector.url().toString(),
                "leat.api.live.heartbeat", "200ms");
        first = start("api", options);
        second = start("api", options);
        api = new LeatApi(first.url());
        running.addFirst(api);
        await().atMost(SOON).until(() -> api.json("/api/v1/job-types").toString().contains("demo:sleep"));
    }

    private RunningRole start(String role, Map<String, String> options) {
        RunningRole started = RunningRole.start(cluster, prefix, role, options);
        running.addFirst(started);
        return started;
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable one : running) {
            one.close();
        }
    }

    private static JsonNode json(Event event) {
        try {
            return JSON.readTree(event.data());
        } catch (IOException e) {
            throw new UncheckedIOException("Expected JSON, but got " + event, e);
        }
    }

    private static EventSource watch(RunningRole gateway, String path) {
        return EventSource.open(gateway.url().resolve(path), Optional.empty());
    }

    private static EventSource resume(RunningRole gateway, String path, String id) {
        return EventSource.open(gateway.url().resolve(path), Optional.of(id));
    }

    @Test
    void shouldFollowAJobToItsEndAndGoOnFromEachEventAtAnotherGateway() throws Exception {
        // given
        String job = api.submit("""
                {"type":"demo:countdown","params":{"seconds":4}}""");
        String path = "/api/v1/jobs/" + job + "/progress";

        // when
        try (EventSource whole = watch(first, path)) {
            List<Event> events = whole.awaitEnd().events();

            // then
            assertThat(whole.names()).startsWith("state").contains("progress").endsWith("complete");
            assertThat(json(events.getLast()).path("state").asText()).isEqualTo("completed");
            assertThat(json(events.getLast()).path("result"))
                    .isEqualTo(api.json("/api/v1/jobs/" + job + "/result"));
            for (int from = 0; from < events.size() - 1; from++) {
                try (EventSource rest = resume(second, path, events.get(from).id())) {
                    assertThat(rest.awaitEnd().said()).as("after event %s", from)
                            .isEqualTo(whole.said().subList(from + 1, events.size()));
                }
            }
            URI end = second.url().resolve(path);
            assertThat(EventSource.get(end, Optional.of(whole.lastId())).statusCode()).isEqualTo(204);
        }
    }

    @Test
    void shouldFollowABatchAndItsOperationsToTheEnd() throws Exception {
        // given
        String operations = String.join(",", IntStream.range(0, 8)
                .mapToObj(i -> "{\"type\":\"demo:prime\",\"params\":{\"limit\":%d}}".formatted(1_000 + i))
                .toList());
        String batch = JSON.readTree(api.post("/api/v1/batches", """
                {"options":{"concurrency":2},"operations":[%s]}""".formatted(operations)).body()).path("id").asText();
        String path = "/api/v1/batches/" + batch + "/progress";

        // when
        try (EventSource whole = watch(first, path)) {
            List<Event> events = whole.awaitEnd().events();

            // then
            assertThat(whole.names()).startsWith("state").contains("progress").endsWith("complete");
            assertThat(json(events.getLast()).path("completed").asInt()).isEqualTo(8);
            List<String> completed = completed(events);
            assertThat(completed).doesNotHaveDuplicates();
            int early = json(events.getFirst()).path("completed").asInt();
            assertThat(completed.size()).isBetween(8 - early, 8);
            int middle = events.size() / 2;
            try (EventSource rest = resume(second, path, events.get(middle).id())) {
                assertThat(completed(rest.awaitEnd().events())).isEqualTo(completed(
                        events.subList(middle + 1, events.size())));
                assertThat(rest.names()).endsWith("complete").doesNotContain("state");
            }
            URI end = second.url().resolve(path);
            assertThat(EventSource.get(end, Optional.of(whole.lastId())).statusCode()).isEqualTo(204);
            URI unknown = second.url().resolve("/api/v1/batches/" + batch.replace('a', 'b') + "/progress");
            assertThat(EventSource.get(unknown, Optional.empty()).statusCode()).isEqualTo(404);
        }
    }

    /** The operations that are told to have completed. */
    private static List<String> completed(List<Event> events) {
        return events.stream()
                .filter(event -> event.name().equals("operation"))
                .map(LiveStreamsTest::json)
                .filter(operation -> operation.path("state").asText().equals("completed"))
                .map(operation -> operation.path("index").asText())
                .toList();
    }

    @Test
    void shouldTellOnWhileTheProjectorIsAwayAndTakeUpWithItsSuccessor(@TempDir Path folder) throws Exception {
        // given
        String other = cluster.newPrefix();
        Map<String, String> projecting = new HashMap<>(Map.of("leat.projector.state.dir", folder.toString()));
        RunningRole projector = RunningRole.start(cluster, other, "projector", projecting);
        try (RunningRole _ = RunningRole.start(cluster, other, "worker",
                Map.of("leat.worker.drain.timeout", "0s"))) {
            Map<String, String> options = Map.of("leat.api.projectors", projector.url().toString());
            String path;
            String id;
            try (RunningRole gateway = RunningRole.start(cluster, other, "api", options);
                    LeatApi http = new LeatApi(gateway.url())) {
                await().atMost(SOON).until(() -> http.json("/api/v1/job-types").toString().contains("demo:sleep"));
                path = "/api/v1/jobs/" + http.submit("""
                        {"type":"demo:countdown","params":{"seconds":60}}""") + "/progress";
                try (EventSource stream = watch(gateway, path)) {
                    stream.awaitEvents(4);

                    // when
                    projector.close();

                    // then
                    stream.awaitEvents(stream.events().size() + 4);
                    id = stream.lastId();
                }
            }
            try (RunningRole successor = RunningRole.start(cluster, other, "projector", projecting);
                    RunningRole gateway = RunningRole.start(cluster, other, "api",
                            Map.of("leat.api.projectors", successor.url().toString()));
                    EventSource stream = resume(gateway, path, id)) {
                stream.awaitEvents(4);
                assertThat(stream.names()).containsOnly("progress");
            }
        }
    }
}
