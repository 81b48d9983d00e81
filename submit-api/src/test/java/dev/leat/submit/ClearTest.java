package dev.leat.submit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.Request;
import dev.leat.runtime.json.LeatJson;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.ProducerProfile;
import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.submit.status.ProjectorClient;
import dev.leat.submit.submission.AcknowledgedSender;
import dev.leat.submit.submission.JobClearer;
import dev.leat.submit.submission.JobClearer.Cleared;
import dev.leat.submit.submission.JobClearer.Limits;
import dev.leat.submit.submission.JobLog;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Clearing on a real broker, with a projector that has as many jobs as a test tells it. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClearTest {

    private static final Pattern CURSOR = Pattern.compile("[?&]cursor=(\\d+)");
    private static final Pattern LIMIT = Pattern.compile("[?&]limit=(\\d+)");

    private final ScriptedProjector projector = ScriptedProjector.start();
    private final Settings settings;
    private final DemoPlugin plugin;
    private final ApiUnderTest api;
    private final LogReader log;

    ClearTest(KafkaCluster cluster) throws Exception {
        settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix(),
                "leat.api.projectors", projector.uri().toString()));
        plugin = DemoPlugin.announce(settings);
        api = ApiUnderTest.start(settings);
        log = new LogReader(settings);
    }

    @BeforeAll
    void awaitReadiness() {
        await().until(() -> api.get("/health/readiness").status() == 200);
    }

    @AfterAll
    void stop() {
        log.close();
        api.close();
        plugin.close();
        projector.close();
    }

    @Test
    void shouldAskForEachJobOfEachPageToBeForgotten() {
        // given
        List<String> ids = ids(1_234);
        projector.on("/internal/v1/jobs", list(ids, ids.size()));
        int asked = projector.asked().size();

        // when
        Reply reply = api.delete("/api/v1/jobs?status=completed");

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"cleared\":1234,\"more\":false}");
        assertThat(forgotten()).containsAll(ids);
        assertThat(projector.asked().stream().skip(asked)).containsExactly(
                "/internal/v1/jobs?status=completed&limit=500",
                "/internal/v1/jobs?status=completed&limit=500&cursor=500",
                "/internal/v1/jobs?status=completed&limit=500&cursor=1000");
    }

    @Test
    void shouldHandFiltersOn() {
        // given
        projector.on("/internal/v1/jobs", list(List.of(), 0));

        // when
        Reply reply = api.delete("/api/v1/jobs?tag=a%26b&status=timed_out&type=demo:prime&plugin=demo");

        // then
        assertThat(reply.body()).isEqualTo("{\"cleared\":0,\"more\":false}");
        assertThat(projector.asked().getLast())
                .isEqualTo("/internal/v1/jobs?status=timed_out&plugin=demo&type=demo%3Aprime&tag=a%26b&limit=500");
    }

    @Test
    void shouldSayThatThereIsMoreWhereTheProjectorGoesAwayOnTheWay() {
        // given
        List<String> ids = ids(700);
        projector.on("/internal/v1/jobs", list(ids, 500));

        // when
        Reply reply = api.delete("/api/v1/jobs?status=failed");

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"cleared\":500,\"more\":true}");
        assertThat(forgotten()).containsAll(ids.subList(0, 500)).doesNotContainAnyElementsOf(ids.subList(500, 700));
    }

    @Test
    void shouldClearNoMoreThanOneCallMay() {
        // given
        List<String> ids = ids(450);
        projector.on("/internal/v1/jobs", list(ids, ids.size()));

        // when
        Cleared byCount = clear(new Limits(100, 200, Duration.ofMinutes(1)));
        Cleared byTime = clear(new Limits(150, 100_000, Duration.ZERO));
        Cleared all = clear(new Limits(150, 450, Duration.ofMinutes(1)));

        // then
        assertThat(byCount).isEqualTo(new Cleared(200, true));
        assertThat(byTime).isEqualTo(new Cleared(150, true));
        assertThat(all).isEqualTo(new Cleared(450, false));
    }

    private Cleared clear(Limits limits) {
        ObjectMapper json = LeatJson.newMapper();
        try (ProjectorClient projectors = new ProjectorClient(List.of(projector.uri()), Duration.ofSeconds(4), json,
                InstantSource.system());
                AcknowledgedSender sender = new AcknowledgedSender(new KafkaClients(settings).producer(
                        new ProducerProfile("clear-test", Duration.ofMillis(1), Duration.ofSeconds(30))))) {
            JobLog jobLog = new JobLog(plugin.topics(), plugin.codecs(), sender);
            return new JobClearer(projectors, jobLog, json, InstantSource.system(), limits).clear("?status=failed");
        }
    }

    @Test
    void shouldSayThatNoProjectorAnswers() {
        // given
        projector.on("/internal/v1/jobs", ScriptedProjector.problem(503, "status-unavailable", Map.of()));

        // when
        Reply reply = api.delete("/api/v1/jobs?status=failed");

        // then
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.problem()).isEqualTo("status-unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "failed", "timed_out", "cancelled", "expired", "rejected"})
    void shouldClearEveryFinalStatus(String status) {
        projector.on("/internal/v1/jobs", list(List.of(), 0));
        assertThat(api.delete("/api/v1/jobs?status=" + status).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"'',status", "?status=,status", "?status=running,status", "?status=scheduled,status",
            "?status=retrying,status", "?status=cancelling,status", "?status=done,status",
            "?status=failed&status=completed,status", "?status=failed&limit=5,limit", "?status=failed&type=prime,type"})
    void shouldRefuseWhatMayHitJobsThatHaveNotEnded(String query, String parameter) {
        // given
        List<String> asked = projector.asked();

        // when
        Reply reply = api.delete("/api/v1/jobs" + query);

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.problem()).isEqualTo("invalid-parameter");
        assertThat(reply.json().path("parameter").asText()).isEqualTo(parameter);
        assertThat(projector.asked()).isEqualTo(asked);
    }

    /** The keys of all requests to forget so far. */
    private List<String> forgotten() {
        return log.all(plugin.topics().control()).stream().filter(this::isForget)
                .map(written -> new String(written.key(), UTF_8)).toList();
    }

    private boolean isForget(ConsumerRecord<byte[], byte[]> written) {
        Optional<Request> request = plugin.codecs().control().decode(written.topic(), written.value());
        return request.filter(Request.Forget.class::isInstance).isPresent();
    }

    /** A list of jobs whose cursors are numbers; from {@code end} on, it fails. */
    private static ScriptedProjector.Answer list(List<String> ids, int end) {
        return exchange -> {
            String query = exchange.getRequestURI().toString();
            int from = number(CURSOR, query, 0);
            int to = Math.min(from + number(LIMIT, query, 50), ids.size());
            String jobs = ids.subList(from, to).stream().map(id -> "{\"id\":\"" + id + "\"}")
                    .collect(Collectors.joining(","));
            String cursor = to < ids.size() ? ",\"nextCursor\":\"" + to + "\"" : "";
            (from < end || end == 0
                    ? ScriptedProjector.json("{\"jobs\":[" + jobs + "]" + cursor + "}")
                    : ScriptedProjector.problem(503, "status-unavailable", Map.of())).to(exchange);
        };
    }

    private static int number(Pattern pattern, String query, int otherwise) {
        Matcher matcher = pattern.matcher(query);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(_ -> UUID.randomUUID().toString()).toList();
    }
}
