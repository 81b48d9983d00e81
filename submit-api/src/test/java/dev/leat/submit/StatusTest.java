package dev.leat.submit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** What the API says of jobs, workers and itself, with a projector that is told what to say. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusTest {

    private static final String ID = "019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10";
    private static final String INTERNAL = "/internal/v1/jobs/" + ID;
    private static final String JOB = "/api/v1/jobs/" + ID;

    private final ScriptedProjector projector = ScriptedProjector.start();
    private final Settings settings;
    private final DemoPlugin plugin;
    private final ApiUnderTest api;
    private final Consumer<byte[], byte[]> control;

    StatusTest(KafkaCluster cluster) throws Exception {
        settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix(),
                "leat.api.projectors", projector.uri().toString()));
        plugin = DemoPlugin.announce(settings);
        api = ApiUnderTest.start(settings);
        control = new KafkaClients(settings).consumer("status-test");
    }

    @BeforeAll
    void awaitReadiness() {
        await().until(() -> api.get("/health/readiness").status() == 200);
    }

    @AfterAll
    void stop() {
        control.close();
        api.close();
        plugin.close();
        projector.close();
    }

    @ParameterizedTest
    @CsvSource({"scheduled,1", "queued,1", "running,1", "cancelling,1", "retrying,1", "completed,''", "failed,''",
            "timed_out,''", "cancelled,''", "expired,''", "rejected,''"})
    void shouldShowAJobAsTheProjectorWroteIt(String status, String retryAfter) {
        // given
        String job = job(status, "false").replace("}", " }");
        projector.on(INTERNAL, ScriptedProjector.json(job));

        // when
        Reply reply = api.get(JOB);

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(job);
        assertThat(reply.header("Retry-After")).isEqualTo(retryAfter);
    }

    @Test
    void shouldHandThePositionOnFromQueryOrHeader() {
        // given
        projector.on(INTERNAL, ScriptedProjector.json(job("queued", "false")));

        // when
        api.get(JOB + "?position=leat.jobs.demo.high-3@17");
        api.send("GET", JOB, "", Map.of("Leat-Position", "leat.events-0@4"));

        // then
        assertThat(projector.asked()).endsWith(INTERNAL + "?position=leat.jobs.demo.high-3%4017",
                INTERNAL + "?position=leat.events-0%404");
    }

    @Test
    void shouldShowTheLogAsTheProjectorWroteIt() {
        // given
        String log = "{\"id\":\"" + ID + "\",\"lines\":[ ],\"dropped\":3}";
        projector.on(INTERNAL + "/log", ScriptedProjector.json(log));

        // when
        Reply reply = api.get(JOB + "/log?attempt=2&position=leat.events-0@4");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(log);
        assertThat(projector.asked()).endsWith(INTERNAL + "/log?position=leat.events-0%404&attempt=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "two", "1e1", "1000000000"})
    void shouldRefuseWhatIsNoAttempt(String attempt) {
        Reply reply = api.get(JOB + "/log?attempt=" + attempt);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.problem()).isEqualTo("invalid-parameter");
        assertThat(reply.body())
                .contains("Expected attempt to be the number of an attempt, from 1, but got '" + attempt);
    }

    @Test
    void shouldHandOnThatThereIsNoSuchJobWithItsOwnPaths() {
        // given
        String unknown = "019aa3c1-7d52-7b3e-9c41-000000000000";
        projector.on("/internal/v1/jobs/" + unknown, ScriptedProjector.problem(404, "job-not-found", Map.of(),
                ",\"instance\":\"/internal/v1/jobs/" + unknown + "\",\"n\":1e2"));

        // when
        Reply reply = api.get("/api/v1/jobs/" + unknown);

        // then
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.problem()).isEqualTo("job-not-found");
        assertThat(reply.body()).contains("\"instance\":\"/api/v1/jobs/" + unknown + "\",\"n\":1e2");
    }

    @Test
    void shouldShowAResultByteForByte() {
        // given
        projector.on(INTERNAL + "/result", ScriptedProjector.json("[ 1.10, \"ü\" ]"));

        // when
        Reply reply = api.get(JOB + "/result");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("[ 1.10, \"ü\" ]");
    }

    @Test
    void shouldSayWhenToAskAgainForAResult() {
        // given
        projector.on(INTERNAL + "/result",
                ScriptedProjector.problem(409, "job-not-finished", Map.of(), ",\"jobStatus\":\"running\""));

        // when
        Reply reply = api.get(JOB + "/result");

        // then
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.problem()).isEqualTo("job-not-finished");
        assertThat(reply.header("Retry-After")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"scheduled,scheduled", "queued,queued", "retrying,retrying", "running,cancelling"})
    void shouldAskForAnOpenJobToBeCancelled(String status, String shown) {
        // given
        projector.on(INTERNAL, ScriptedProjector.json(job(status, "false")));

        // when
        Reply reply = api.delete(JOB);

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(reply.json().path("cancelRequested").asBoolean()).isTrue();
        assertThat(reply.json().path("status").asText()).isEqualTo(shown);
        assertThat(reply.body()).contains("\"params\":{\"limit\":1e3}");
        ConsumerRecord<byte[], byte[]> written = read(CommandPosition.parse(reply.header("Leat-Position")));
        assertThat(written.topic()).isEqualTo(plugin.topics().control());
        assertThat(written.key()).isEqualTo(ID.getBytes(UTF_8));
        assertThat(plugin.codecs().control().decode(written.topic(), written.value()))
                .hasValueSatisfying(request -> assertThat(request)
                        .isInstanceOfSatisfying(Fact.EndRequested.class,
                                end -> assertThat(end.reason()).isEqualTo(EndReason.CANCEL)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduled", "queued", "retrying", "cancelling"})
    void shouldNotAskTwiceForACancellation(String status) {
        // given
        projector.on(INTERNAL, ScriptedProjector.json(job(status, "true")));
        long before = controlRecords();

        // when
        Reply reply = api.delete(JOB);

        // then
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("status").asText()).isEqualTo(status);
        assertThat(reply.header("Leat-Position")).isEmpty();
        assertThat(controlRecords()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "failed", "timed_out", "cancelled", "expired", "rejected"})
    void shouldNotCancelAJobThatHasEnded(String status) {
        // given
        projector.on(INTERNAL, ScriptedProjector.json(job(status, "false")));
        long before = controlRecords();

        // when
        Reply reply = api.delete(JOB);

        // then
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.problem()).isEqualTo("job-already-finished");
        assertThat(reply.json().path("jobStatus").asText()).isEqualTo(status);
        assertThat(controlRecords()).isEqualTo(before);
    }

    @Test
    void shouldNotCancelAJobThatThereIsNot() {
        // when
        Reply reply = api.delete("/api/v1/jobs/019aa3c1-7d52-7b3e-9c41-111111111111");

        // then
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.problem()).isEqualTo("job-not-found");
    }

    @Test
    void shouldHandFiltersOnToTheList() {
        // given
        String page = "{\"jobs\":[" + job("running", "false") + "],\"nextCursor\":\"abc\"}";
        projector.on("/internal/v1/jobs", ScriptedProjector.json(page));

        // when
        Reply all = api.get("/api/v1/jobs");
        Reply some = api.get("/api/v1/jobs?tag=a%26b%20%C3%BC&status=running&limit=500&type=demo:prime&plugin=demo"
                + "&cursor=x%2By");

        // then
        assertThat(all.body()).isEqualTo(page);
        assertThat(some.status()).isEqualTo(200);
        assertThat(projector.asked()).endsWith("/internal/v1/jobs?limit=50",
                "/internal/v1/jobs?status=running&plugin=demo&type=demo%3Aprime&tag=a%26b+%C3%BC&cursor=x%2By&limit=500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduled", "queued", "running", "retrying", "completed", "failed", "timed_out",
            "cancelled",
            "expired", "rejected"})
    void shouldListEveryState(String state) {
        // given
        projector.on("/internal/v1/jobs", ScriptedProjector.json("{\"jobs\":[]}"));

        // when
        Reply reply = api.get("/api/v1/jobs?status=" + state);

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(projector.asked().getLast()).isEqualTo("/internal/v1/jobs?status=" + state + "&limit=50");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "status=done|status|scheduled, queued, running, retrying, completed, failed, timed_out, cancelled, expired, rejected",
            "status=unknown|status|queued", "limit=0|limit|1 to 500", "limit=501|limit|1 to 500",
            "limit=ten|limit|1 to 500", "limit=5&limit=6|limit|once", "plugin=De%20mo|plugin|lower-case letters",
            "type=prime|type|plugin:name", "tag=|tag|1 to 60", "cursor=|cursor|nextCursor",
            "stauts=queued|stauts|cursor, limit, plugin, status, tag, type"})
    void shouldNameWhatIsAllowedInAList(String query, String parameter, String allowed) {
        // when
        Reply reply = api.get("/api/v1/jobs?" + query);

        // then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.problem()).isEqualTo("invalid-parameter");
        assertThat(reply.json().path("parameter").asText()).isEqualTo(parameter);
        assertThat(reply.json().path("detail").asText()).contains("Expected", allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "019AA3C1-7D52-7B3E-9C41-5F2D8E6A7B10", "019aa3c1", "1-1-1-1-1"})
    void shouldNameTheFormOfAJobId(String id) {
        for (Reply reply : List.of(api.get("/api/v1/jobs/" + id), api.get("/api/v1/jobs/" + id + "/result"),
                api.delete("/api/v1/jobs/" + id))) {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.json().path("detail").asText()).contains("lower-case UUID", id);
        }
    }

    @Test
    void shouldHandThePageOfSchedulesOn() {
        // given
        String page = "{\"schedules\":[],\"nextCursor\":\"abc\"}";
        projector.on("/internal/v1/schedules", ScriptedProjector.json(page));

        // when
        Reply first = api.get("/api/v1/schedules");
        Reply next = api.get("/api/v1/schedules?cursor=x%2By&limit=7");
        Reply wrong = api.get("/api/v1/schedules?limit=0");

        // then
        assertThat(first.body()).isEqualTo(page);
        assertThat(next.status()).isEqualTo(200);
        assertThat(projector.asked()).endsWith("/internal/v1/schedules?limit=50",
                "/internal/v1/schedules?cursor=x%2By&limit=7");
        assertThat(wrong.status()).isEqualTo(400);
    }

    @Test
    void shouldShowTheLastHourAsTheProjectorWroteIt() {
        // given
        String history = "{\"bucket\":\"PT1M\",\"buckets\":[ ]}";
        projector.on("/internal/v1/stats/history", ScriptedProjector.json(history));

        // when
        Reply usual = api.get("/api/v1/stats/history");
        Reply ofPlugin = api.get("/api/v1/stats/history?plugin=demo&bucket=PT10S");
        Reply wrong = api.get("/api/v1/stats/history?bucket=PT5S");

        // then
        assertThat(usual.body()).isEqualTo(history);
        assertThat(ofPlugin.status()).isEqualTo(200);
        assertThat(projector.asked()).endsWith("/internal/v1/stats/history?bucket=PT1M",
                "/internal/v1/stats/history?bucket=PT10S&plugin=demo");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("parameter").asText()).isEqualTo("bucket");
        assertThat(api.get("/api/v1/stats/history?plugin=A").status()).isEqualTo(400);
    }

    @Test
    void shouldHandFiltersOnToTheListOfBatches() {
        // given
        String page = "{\"batches\":[],\"nextCursor\":\"abc\"}";
        projector.on("/internal/v1/batches", ScriptedProjector.json(page));

        // when
        Reply all = api.get("/api/v1/batches");
        Reply some = api.get("/api/v1/batches?cursor=x%2By&limit=7&status=rolled_back");
        Reply wrong = api.get("/api/v1/batches?status=released");

        // then
        assertThat(all.body()).isEqualTo(page);
        assertThat(some.status()).isEqualTo(200);
        assertThat(projector.asked()).endsWith("/internal/v1/batches?limit=50",
                "/internal/v1/batches?status=rolled_back&cursor=x%2By&limit=7");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("parameter").asText()).isEqualTo("status");
    }

    @Test
    void shouldRefuseAPositionOfAnotherForm() {
        // when
        Reply reply = api.get(JOB + "?position=here");

        // then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("detail").asText()).contains("topic-partition@offset", "here");
    }

    @Test
    void shouldShowJobTypesWithTheWorkersThatHostThem() throws Exception {
        // given: workers that go on beating, as those beats count that come once the old ones have been read
        projector.on("/internal/v1/stats",
                ScriptedProjector.json("{\"jobs\":{\"queued\":3},\"byPlugin\":{\"demo\":{\"queued\":3}}}"));
        AtomicLong beats = new AtomicLong();
        await().until(() -> {
            plugin.beat("w1", beats.incrementAndGet(), 8, 3);
            plugin.beat("w2", beats.get(), 8, 8);
            return worker("w1").isObject() && worker("w2").isObject();
        });

        // when
        Reply all = api.get("/api/v1/job-types");
        Reply one = api.get("/api/v1/job-types/demo:prime");
        Reply none = api.get("/api/v1/job-types/demo:prine");
        Reply stats = api.get("/api/v1/stats");

        // then
        assertThat(all.json().path("jobTypes").findValuesAsText("type")).contains("demo:broken", "demo:echo",
                "demo:prime");
        assertThat(one.json().path("workers").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(one.json().path("defaultPriority").asText()).isEqualTo("normal");
        assertThat(one.json().path("params").path("properties").path("limit").path("maximum").asInt())
                .isEqualTo(100_000);
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.json().path("nearest").get(0).asText()).isEqualTo("demo:prime");
        assertThat(stats.body())
                .startsWith("{\"jobs\":{\"queued\":3},\"byPlugin\":{\"demo\":{\"queued\":3}},\"workers\":{");
        int live = stats.json().at("/workers/live").asInt();
        assertThat(live).isGreaterThanOrEqualTo(2);
        assertThat(stats.json().at("/workers/slots").asInt()).isEqualTo(8 * live);
    }

    @Test
    void shouldShowWorkersWithTheJobsThatTheyRun() throws Exception {
        // given
        projector.on("/internal/v1/jobs",
                ScriptedProjector
                        .json("""
                                {"jobs":[{"id":"%s","type":"demo:prime","status":"cancelling","attempt":2,"worker":"busy",\
                                "startedAt":"2026-11-22T05:29:00Z","progress":{"percent":10,"message":"m"}},{"id":"%s",\
                                "type":"demo:echo","status":"running","attempt":1,"worker":"elsewhere","startedAt":"2026-11-22T05:29:00Z"}]}"""
                                .formatted(ID, ID)));
        await().until(() -> {
            plugin.beat("busy", 1, 8, 3);
            plugin.beat("idle", 1, 8, 8);
            return worker("busy").isObject() && worker("idle").isObject();
        });

        // when
        JsonNode busy = worker("busy");

        // then
        assertThat(busy.path("state").asText()).isEqualTo("alive");
        assertThat(busy.path("running").asInt()).isEqualTo(5);
        assertThat(busy.path("lease").asText()).isEqualTo("PT10S");
        assertThat(busy.path("uses").toString()).isEqualTo("[{\"plugin\":\"demo\",\"running\":5}]");
        assertThat(busy.path("jobs").toString()).isEqualTo("[{\"id\":\"" + ID + "\",\"type\":\"demo:prime\","
                + "\"status\":\"cancelling\",\"attempt\":2,\"startedAt\":\"2026-11-22T05:29:00Z\","
                + "\"progress\":{\"percent\":10,\"message\":\"m\"}}]");
        assertThat(worker("idle").path("jobs")).isEmpty();
        assertThat(projector.asked()).contains("/internal/v1/jobs?status=running&limit=500");
    }

    @Test
    void shouldShowWorkersWhereNoProjectorKnowsTheirJobs() throws Exception {
        // given
        projector.on("/internal/v1/jobs", ScriptedProjector.problem(503, "stores-in-transition", Map.of()));

        // when
        await().until(() -> {
            plugin.beat("alone", 1, 8, 8);
            return worker("alone").isObject();
        });

        // then
        assertThat(worker("alone").has("jobs")).isFalse();
    }

    private JsonNode worker(String id) {
        return StreamSupport.stream(api.get("/api/v1/workers").json().path("workers").spliterator(), false)
                .filter(worker -> worker.path("id").asText().equals(id))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    @Test
    void shouldFollowWhatPluginsAnnounce() throws Exception {
        // given
        plugin.publish(List.of(DemoPlugin.PRIME, DemoPlugin.ECHO, DemoPlugin.BROKEN, DemoPlugin.LATE));

        // when, then
        await().until(() -> api.get("/api/v1/job-types/demo:late").status() == 200);
        plugin.publish(List.of(DemoPlugin.PRIME, DemoPlugin.ECHO, DemoPlugin.BROKEN));
        await().until(() -> api.get("/api/v1/job-types/demo:late").status() == 404);
    }

    @Test
    void shouldSayThatNoProjectorAnswers() {
        // given
        projector.on(INTERNAL, ScriptedProjector.problem(503, "stores-in-transition", Map.of("Retry-After", "2")));

        // when
        Reply shown = api.get(JOB);
        Reply cancelled = api.delete(JOB);
        Reply submitted = api.submit("{\"type\":\"demo:echo\"}");

        // then: only what needs a projector fails
        assertThat(List.of(shown.status(), cancelled.status(), submitted.status())).containsExactly(503, 503, 202);
        assertThat(shown.problem()).isEqualTo("status-unavailable");
        assertThat(shown.header("Retry-After")).isEqualTo("2");
        assertThat(api.get("/health/readiness").status()).isEqualTo(200);
    }

    private static String job(String status, String cancelRequested) {
        return """
                {"id":"%s","type":"demo:prime","plugin":"demo","status":"%s","priority":"high","tags":[],\
                "params":{"limit":1e3},"attempt":1,"spentAttempts":0,"cancelRequested":%s,"submittedAt":"2026-11-22T05:29:00Z"}"""
                .formatted(JobId.parse(ID), status, cancelRequested);
    }

    private long controlRecords() {
        List<TopicPartition> partitions = IntStream.range(0, 4)
                .mapToObj(partition -> new TopicPartition(plugin.topics().control(), partition))
                .toList();
        return control.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }

    private ConsumerRecord<byte[], byte[]> read(CommandPosition position) {
        TopicPartition partition = new TopicPartition(position.topic(), position.partition());
        control.assign(List.of(partition));
        control.seek(partition, position.offset());
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        await().until(() -> {
            control.poll(Duration.ofMillis(100)).forEach(records::add);
            return !records.isEmpty();
        });
        return records.getFirst();
    }
}
