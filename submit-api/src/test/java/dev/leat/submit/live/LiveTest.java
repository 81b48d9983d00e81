package dev.leat.submit.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.leat.domain.JobId;
import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest;
import dev.leat.submit.DemoPlugin;
import dev.leat.submit.ScriptedProjector;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.EventSource;
import dev.leat.testkit.EventSource.Event;
import dev.leat.testkit.KafkaCluster;

/** Streams of jobs on a real broker, with facts that the test writes one by one. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class LiveTest {

    private static final Random RANDOM = new Random(7);

    private final ScriptedProjector server = ScriptedProjector.start();
    private final Map<String, String> options;
    private final Settings settings;
    private final DemoPlugin plugin;
    private final FoldingProjector projector;
    private final ApiUnderTest api;
    private final ApiUnderTest other;

    LiveTest(KafkaCluster cluster) throws Exception {
        options = Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix(),
                "leat.api.projectors", server.uri().toString(), "leat.api.live.heartbeat", "200ms",
                "leat.api.live.queue", "64");
        settings = ApiUnderTest.settings(options);
        plugin = DemoPlugin.announce(settings);
        projector = new FoldingProjector(server, settings, plugin.codecs());
        api = ApiUnderTest.start(settings);
        other = ApiUnderTest.start(settings);
    }

    @BeforeAll
    void awaitReadiness() {
        await().until(() -> api.get("/api/v1/job-types").body().contains("demo:prime"));
    }

    @AfterAll
    void stop() {
        api.close();
        other.close();
        projector.close();
        plugin.close();
    }

    private static JobId job() {
        return JobId.draw(Instant.parse("2026-01-01T12:00:00Z"), RANDOM);
    }

    private FactWriter facts(JobId job) {
        return new FactWriter(plugin, job, "demo:prime");
    }

    private static JsonNode json(Event event) {
        try {
            return new ObjectMapper().readTree(event.data());
        } catch (IOException e) {
            throw new UncheckedIOException("Expected JSON, but got " + event, e);
        }
    }

    private static URI progress(ApiUnderTest api, JobId job) {
        return api.uri("/api/v1/jobs/" + job + "/progress");
    }

    private static EventSource watch(ApiUnderTest api, JobId job) {
        return EventSource.open(progress(api, job), Optional.empty());
    }

    private static EventSource resume(ApiUnderTest api, JobId job, String id) {
        return EventSource.open(progress(api, job), Optional.of(id));
    }

    /** One step of a job's life. */
    private interface Step {
        void write(FactWriter facts) throws Exception;
    }

    /** A failure, a worker that is lost and goes on talking, and an end; of some steps nothing is told. */
    private static List<Step> life() {
        return List.of(facts -> facts.started(1), facts -> facts.progressed(1, 10), facts -> facts.logged(1, "one"),
                facts -> facts.progressed(1, 60), facts -> facts.failed(1), facts -> facts.queued(2),
                facts -> facts.started(2), facts -> facts.progressed(2, 30), facts -> facts.lost(2),
                facts -> facts.progressed(2, 40), facts -> facts.queued(3), facts -> facts.started(3),
                facts -> facts.logged(2, "late"), facts -> facts.progressed(3, 50), facts -> facts.succeeded(2, "2"),
                facts -> facts.cancelWanted(), facts -> facts.logged(3, "two", "three"),
                facts -> facts.succeeded(3, "{\"count\":25}"));
    }

    private static final List<String> TOLD = List.of("state", "status", "progress", "log", "progress", "status",
            "status", "status", "progress", "status", "status", "status", "progress", "status", "log", "complete");

    @Test
    void shouldTellTheStateThenWhatHappensThenTheEndAndClose() throws Exception {
        // given
        JobId job = job();
        FactWriter facts = facts(job).queued(1);

        // when
        try (EventSource stream = watch(api, job)) {
            stream.awaitEvents(1);
            for (Step step : life()) {
                step.write(facts);
            }
            stream.awaitEnd();

            // then
            assertThat(stream.names()).isEqualTo(TOLD);
            List<Event> events = stream.events();
            assertThat(json(events.getFirst()).path("status").asText()).isEqualTo("queued");
            assertThat(json(events.getFirst()).at("/params/limit").asInt()).isEqualTo(100);
            assertThat(events.stream()
                    .filter(event -> event.name().equals("status"))
                    .map(event -> json(event).path("state").asText() + json(event).path("attempt").asText()))
                    .containsExactly("running1", "retrying2", "queued2", "running2", "retrying3", "queued3",
                            "running3", "cancelling3");
            assertThat(json(events.get(1)).path("worker").asText()).isEqualTo("mill-1");
            assertThat(json(events.get(2)).at("/progress/percent").asInt()).isEqualTo(10);
            assertThat(json(events.get(3)).at("/lines/0/message").asText()).isEqualTo("one");
            assertThat(json(events.get(5)).at("/error/code").asText()).isEqualTo("handler-failed");
            assertThat(json(events.get(5)).has("retryAt")).isTrue();
            assertThat(json(events.getLast()).at("/result/count").asInt()).isEqualTo(25);
        }
    }

    @Test
    void shouldGoOnAtAnotherApiFromEachEventAsIfTheConnectionHadNeverBroken() throws Exception {
        // given
        JobId job = job();
        FactWriter facts = facts(job).queued(1);
        try (EventSource whole = watch(api, job)) {
            whole.awaitEvents(1);
            for (Step step : life()) {
                step.write(facts);
            }
            List<Event> events = whole.awaitEnd().events();

            for (int from = 0; from < events.size() - 1; from++) {
                // when
                try (EventSource rest = resume(other, job, events.get(from).id())) {
                    rest.awaitEnd();

                    // then
                    assertThat(rest.said()).as("after event %s", from)
                            .isEqualTo(whole.said().subList(from + 1, events.size()));
                    assertThat(rest.lastId()).isEqualTo(whole.lastId());
                }
            }
            assertThat(EventSource.get(progress(other, job), Optional.of(events.getLast().id())).statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void shouldGoOnAtAnApiThatHasJustBegunToReadWithMoreFactsThanThereIsRoomFor() throws Exception {
        // given
        JobId job = job();
        FactWriter facts = facts(job).queued(1).started(1);
        try (EventSource whole = watch(api, job)) {
            whole.awaitEvents(1);
            for (int i = 0; i < 90; i++) {
                facts.progressed(1, i);
            }
            facts.succeeded(1, "1");
            List<Event> events = whole.awaitEnd().events();

            // when
            try (ApiUnderTest fresh = ApiUnderTest.start(settings);
                    EventSource rest = resume(fresh, job, events.getFirst().id())) {

                // then
                assertThat(rest.awaitEnd().said()).isEqualTo(whole.said().subList(1, events.size()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTellEachFactOnceToWhoChangesTheApiAfterEachEvent(boolean projectorLagsBehind) throws Exception {
        // given
        JobId job = job();
        FactWriter facts = facts(job).queued(1);
        List<String> said = new ArrayList<>();
        String id;
        try (EventSource whole = watch(api, job); EventSource first = watch(other, job)) {
            whole.awaitEvents(1);
            first.awaitEvents(1);
            said.add(first.said().getFirst());
            id = first.lastId();
            if (projectorLagsBehind) {
                projector.freeze();
            }

            // when
            List<ApiUnderTest> apis = List.of(api, other);
            for (int i = 0; i < life().size(); i++) {
                life().get(i).write(facts);
                int told = whole.events().size();
                ApiUnderTest next = apis.get(i % 2);
                if (whole.names().contains("complete")) {
                    break;
                }
                try (EventSource some = resume(next, job, id)) {
                    whole.awaitEvents(Math.min(told, TOLD.size()));
                    int missing = whole.events().size() - said.size();
                    some.awaitEvents(missing);
                    said.addAll(some.said());
                    id = missing == 0 ? id : some.lastId();
                }
            }
            whole.awaitEnd();
            if (said.size() < TOLD.size()) {
                try (EventSource some = resume(other, job, id)) {
                    said.addAll(some.awaitEnd().said());
                }
            }

            // then
            assertThat(said).isEqualTo(whole.said());
        } finally {
            projector.thaw();
        }
    }

    @Test
    void shouldShowAJobThatHasEndedAndItsEnd() throws Exception {
        // given
        JobId job = job();
        facts(job).queued(1).started(1).succeeded(1, "[" + "1,".repeat(40_000) + "1]");

        // when
        try (EventSource stream = watch(api, job)) {
            stream.awaitEnd();

            // then
            assertThat(stream.names()).containsExactly("state", "complete");
            assertThat(json(stream.events().getLast()).has("result")).isFalse();
            assertThat(json(stream.events().getLast()).path("resultUrl").asText())
                    .isEqualTo("/api/v1/jobs/" + job + "/result");
            assertThat(EventSource.get(progress(other, job), Optional.of(stream.lastId())).statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void shouldRefuseUnknownJobsAndForeignIds() throws Exception {
        JobId job = job();
        facts(job).queued(1);

        assertThat(api.get("/api/v1/jobs/" + job() + "/progress").problem()).isEqualTo("job-not-found");
        assertThat(api.get("/api/v1/jobs/" + job + "/progress?lastEventId=17").problem())
                .isEqualTo("invalid-parameter");
        assertThat(api.get("/api/v1/jobs/" + job + "/progress?last=17").problem()).isEqualTo("invalid-parameter");
        assertThat(api.get("/api/v1/events?status=asleep").problem()).isEqualTo("invalid-parameter");
    }

    /** At any other answer than a stream, browsers would not come back. */
    @Test
    void shouldBeginAndEndAStreamOfWhoGoesOnWhileNobodyKnowsHowJobsAre() throws Exception {
        // given
        JobId job = job();
        facts(job).queued(1);
        String id;
        try (EventSource stream = watch(api, job)) {
            id = stream.awaitEvents(1).lastId();
        }

        // when
        Map<String, String> elsewhere = new HashMap<>(options);
        elsewhere.put("leat.api.projectors", "http://127.0.0.1:9");
        try (ApiUnderTest alone = ApiUnderTest.start(ApiUnderTest.settings(elsewhere))) {
            HttpResponse<InputStream> again = EventSource.get(progress(alone, job), Optional.of(id));

            // then
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.headers().firstValue("content-type")).hasValue("text/event-stream");
            assertThat(again.body()).asString(StandardCharsets.UTF_8).isEqualTo("retry: 1000\n\n");
            assertThat(alone.get("/api/v1/jobs/" + job + "/progress").problem()).isEqualTo("status-unavailable");
        }
    }

    @Test
    void shouldTellHundredsOfWatchersOfOneJobTheSame() throws Exception {
        // given
        JobId job = job();
        FactWriter facts = facts(job).queued(1);
        List<EventSource> watchers = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                watchers.add(watch(i % 2 == 0 ? api : other, job));
            }
            watchers.forEach(watcher -> watcher.awaitEvents(1));

            // when
            for (Step step : life()) {
                step.write(facts);
            }

            // then
            List<String> said = watchers.getFirst().awaitEnd().said();
            assertThat(said).hasSize(TOLD.size());
            assertThat(watchers).allSatisfy(watcher -> assertThat(watcher.awaitEnd().said()).isEqualTo(said));
        } finally {
            watchers.forEach(EventSource::close);
        }
    }

    @Test
    void shouldCutAWatcherThatDoesNotReadAndDisturbNobody() throws Exception {
        // given
        JobId job = job();
        FactWriter facts = facts(job).queued(1).started(1);
        String line = "x".repeat(2_000);
        try (EventSource reading = watch(api, job);
                Socket idle = new Socket(InetAddress.getLoopbackAddress(), progress(api, job).getPort())) {
            reading.awaitEvents(1);
            idle.setReceiveBufferSize(65_536);
            String begun = ask(idle, job);

            // when
            int lines = 600;
            for (int i = 0; i < lines; i++) {
                facts.logged(1, line, line, line, line, line, line, line, line, line, line);
                reading.awaitEvents(1 + Math.max(0, i - 20));
            }
            facts.succeeded(1, "1");

            // then
            reading.awaitEnd();
            assertThat(reading.events()).hasSize(lines + 2);
            String cut = begun + readAll(idle);
            assertThat(cut).startsWith("HTTP/1.1 200").doesNotContain("event: complete");
            String id = lastWholeId(cut);
            int told = (int) cut.lines().filter("event: log"::equals).count();
            try (EventSource rest = resume(api, job, id)) {
                assertThat(rest.awaitEnd().events().size()).isBetween(lines + 1 - told, lines + 2 - told);
            }
        }
    }

    /** Asks for the stream; what has come when it has begun. */
    private static String ask(Socket socket, JobId job) throws Exception {
        OutputStream out = socket.getOutputStream();
        out.write(("GET /api/v1/jobs/" + job + "/progress HTTP/1.1\r\nHost: leat\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
        StringBuilder begun = new StringBuilder();
        while (begun.indexOf("event: state") < 0) {
            begun.append((char) socket.getInputStream().read());
        }
        return begun.toString();
    }

    /** What had come before the connection ended. */
    private static String readAll(Socket socket) throws Exception {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[65_536];
        socket.setSoTimeout(30_000);
        try {
            for (int read = socket.getInputStream().read(buffer); read > 0; read = socket.getInputStream()
                    .read(buffer)) {
                text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
        } catch (SocketException reset) {
            // as the API drops it
        }
        return text.toString();
    }

    private static String lastWholeId(String text) {
        String whole = text.substring(0, text.lastIndexOf("\n\n"));
        int at = whole.lastIndexOf("\nid: ");
        return whole.substring(at + "\nid: ".length()).lines().findFirst().orElseThrow().strip();
    }

    @Test
    void shouldLoseAndRepeatNothingWhileGatewaysAreRestarted() throws Exception {
        // given
        int restarts = 5;
        int some = 20;
        JobId job = job();
        FactWriter writer = facts(job).queued(1).started(1);
        Semaphore permits = new Semaphore(0);
        List<String> said = new ArrayList<>();
        try (EventSource whole = watch(other, job)) {
            Thread writing = Thread.ofVirtual().start(() -> IntStream.range(0, restarts * 2 * some).forEach(i -> {
                try {
                    permits.acquire();
                    writer.progressed(1, i % 100);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));

            // when
            String id = whole.awaitEvents(1).events().getFirst().id();
            said.add(whole.said().getFirst());
            for (int i = 0; i < restarts; i++) {
                permits.release(some);
                ApiUnderTest gateway = ApiUnderTest.start(settings);
                try (EventSource stream = resume(gateway, job, id)) {
                    stream.awaitEvents(1);
                    permits.release(some);
                    gateway.close();
                    stream.awaitEnd();
                    said.addAll(stream.said().stream().filter(event -> !event.startsWith("cut")).toList());
                    id = stream.lastId();
                }
            }
            assertThat(writing.join(Duration.ofMinutes(1))).isTrue();
            writer.succeeded(1, "1");
            try (EventSource rest = resume(api, job, id)) {
                said.addAll(rest.awaitEnd().said());
            }

            // then
            assertThat(whole.awaitEnd().events()).hasSize(restarts * 2 * some + 2);
            assertThat(said).isEqualTo(whole.said());
        }
    }

    @Test
    void shouldSayThatItLivesAndMoveTheIdOnWhileNothingHappensToTheJob() throws Exception {
        // given
        JobId job = job();
        facts(job).queued(1).started(1);
        try (EventSource stream = watch(api, job)) {
            String first = stream.awaitEvents(1).lastId();

            // when
            for (int i = 0; i < 40; i++) {
                facts(job()).queued(1).started(1);
            }

            // then
            await().until(() -> stream.heartbeats() > 2 && !stream.lastId().equals(first));
            assertThat(stream.events()).hasSize(1);
        }
    }

    @Test
    void shouldTellOfAllJobsThatMatchAndGoOnFromEachEventAtAnotherApi() throws Exception {
        // given
        String tag = "all-" + RANDOM.nextInt();
        JobId known = job();
        FactWriter early = new FactWriter(plugin, known, "demo:prime", tag).queued(1).started(1).progressed(1, 5);
        try (EventSource whole = EventSource.open(api.uri("/api/v1/events?logs=true&tag=" + tag), Optional.empty());
                EventSource failures = EventSource.open(api.uri("/api/v1/events?status=retrying&tag=" + tag),
                        Optional.empty())) {
            await().until(() -> whole.heartbeats() > 0 && failures.heartbeats() > 0);

            // when
            FactWriter late = new FactWriter(plugin, job(), "demo:echo", tag).queued(1);
            new FactWriter(plugin, job(), "demo:echo", "other").queued(1).started(1);
            early.progressed(1, 10);
            late.started(1);
            early.failed(1);
            late.logged(1, "on");
            early.progressed(1, 99).queued(2).started(2);
            late.succeeded(1, "1");
            early.succeeded(2, "2");

            // then
            whole.awaitEvents(9);
            assertThat(whole.names()).containsExactlyInAnyOrder("status", "progress", "status", "status", "log",
                    "status", "status", "complete", "complete");
            assertThat(whole.said().toString()).doesNotContain("99").doesNotContain("\"other\"");
            assertThat(failures.awaitEvents(1).names()).containsExactly("status");
            for (int from = 0; from < 9; from++) {
                URI again = other.uri("/api/v1/events?logs=true&tag=" + tag + "&lastEventId="
                        + whole.events().get(from).id());
                try (EventSource rest = EventSource.open(again, Optional.empty())) {
                    rest.awaitEvents(8 - from);
                    await().until(() -> rest.heartbeats() > 0);
                    assertThat(rest.said()).as("after event %s", from)
                            .containsExactlyInAnyOrderElementsOf(whole.said().subList(from + 1, 9));
                }
            }
        }
    }

    /** Facts are on the events topic in greater number than commands on their lane: a tail's first records of both are not of one time. */
    @Test
    void shouldTellOfManyJobsAtAnApiThatHasJustBegunToRead() throws Exception {
        // given
        String tag = "many-" + RANDOM.nextInt();
        int jobs = 700;
        URI path = api.uri("/api/v1/events?tag=" + tag);
        try (EventSource whole = EventSource.open(path, Optional.empty())) {
            await().until(() -> whole.heartbeats() > 0);
            String id = whole.lastId();
            for (int i = 0; i < jobs; i++) {
                new FactWriter(plugin, job(), "demo:echo", tag).queued(1).started(1).progressed(1, 50).succeeded(1,
                        "1");
            }
            whole.awaitEvents(jobs * 4);

            // when
            try (ApiUnderTest fresh = ApiUnderTest.start(settings);
                    EventSource rest = EventSource.open(
                            fresh.uri("/api/v1/events?tag=" + tag + "&lastEventId=" + id), Optional.empty())) {
                rest.awaitEvents(jobs * 4);
                await().until(() -> rest.heartbeats() > 0);

                // then
                assertThat(rest.said()).containsExactlyInAnyOrderElementsOf(whole.said());
            }
        }
    }
}
