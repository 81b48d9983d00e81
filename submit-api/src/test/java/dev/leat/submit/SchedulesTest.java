package dev.leat.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;

import dev.leat.domain.Backoff;
import dev.leat.domain.Lane;
import dev.leat.domain.schedule.Cadence;
import dev.leat.domain.schedule.CatchUp;
import dev.leat.domain.schedule.JobTemplate;
import dev.leat.domain.schedule.Overlap;
import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.domain.schedule.ScheduleView;
import dev.leat.domain.schedule.Scheduling;
import dev.leat.runtime.json.LeatJson;
import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Schedules as they reach a real broker; the projector that reads them there is a scripted one. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchedulesTest {

    private static final String PATH = "/api/v1/schedules";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final ObjectMapper MAPPER = LeatJson.newMapper();

    private final DemoPlugin plugin;
    private final ApiUnderTest api;
    private final LogReader log;
    private final ScriptedProjector projector = ScriptedProjector.start();
    private volatile Optional<ScheduleRevision> competitor = Optional.empty();

    SchedulesTest(KafkaCluster cluster) throws Exception {
        Settings settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix(),
                "leat.api.projectors", projector.uri().toString()));
        plugin = DemoPlugin.announce(settings);
        api = ApiUnderTest.start(settings);
        log = new LogReader(settings);
        projector.on("*", this::answer);
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

    /** As a projector that reads the topic anew for each question. */
    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals(ScriptedProjector.STATS)) {
            ScriptedProjector.json("{}").to(exchange);
            return;
        }
        List<String> parts = List.of(path.split("/"));
        Map<ScheduleId, Schedule> schedules = read();
        if (parts.size() == 4) {
            List<ScheduleView> views = schedules.values().stream().map(ScheduleView::of).toList();
            ScriptedProjector.json(MAPPER.writeValueAsString(Map.of("schedules", views))).to(exchange);
            return;
        }
        Optional<Schedule> found = Optional.ofNullable(schedules.get(new ScheduleId(parts.get(4))));
        Function<Schedule, Object> body = parts.size() == 6
                ? schedule -> Map.of("record", Base64.getEncoder().encodeToString(plugin.codecs()
                        .schedules()
                        .encode(plugin.topics().schedules(), schedule.revision())))
                : ScheduleView::of;
        if (found.isPresent()) {
            if (parts.size() == 6) {
                compete();
            }
            ScriptedProjector.json(MAPPER.writeValueAsString(body.apply(found.get()))).to(exchange);
        } else {
            ScriptedProjector.problem(404, "schedule-not-found", Map.of()).to(exchange);
        }
    }

    /** Somebody else writes first. */
    private void compete() {
        competitor.ifPresent(revision -> {
            competitor = Optional.empty();
            try {
                plugin.write(plugin.topics().schedules(), revision.id().value(),
                        plugin.codecs().schedules().encode(plugin.topics().schedules(), revision));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Map<ScheduleId, Schedule> read() {
        Map<ScheduleId, Schedule> schedules = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> written : log.all(plugin.topics().schedules())) {
            ScheduleId id = new ScheduleId(new String(written.key(), StandardCharsets.UTF_8));
            if (written.value() == null) {
                schedules.remove(id);
            } else {
                ScheduleRevision revision = plugin.codecs()
                        .schedules()
                        .decode(written.topic(), written.value())
                        .orElseThrow();
                Scheduling.changed(Optional.ofNullable(schedules.get(id)), revision, Instant.EPOCH)
                        .ifPresent(decision -> schedules.put(id, decision.schedule()));
            }
        }
        return schedules;
    }

    private synchronized ScheduleRevision stored(String id) {
        return Optional.ofNullable(read().get(new ScheduleId(id))).map(Schedule::revision).orElseThrow();
    }

    private Reply post(String path, String body) {
        return api.send("POST", PATH + path, body, JSON);
    }

    private Reply put(String id, String body, String... headers) {
        Map<String, String> all = new HashMap<>(JSON);
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return api.send("PUT", PATH + "/" + id, body, all);
    }

    @Test
    void shouldMakeAScheduleWithWhatItsJobTypeSays() {
        // when
        Reply reply = post("", """
                {"id":"nightly","cron":"30 2 * * MON-FRI","timeZone":"Europe/Berlin","jitter":"PT5M",
                 "job":{"type":"demo:echo","params":{"a":1},"tags":["x"],"timeout":"PT10S"},
                 "overlap":"cancel-previous","catchUp":{"firings":3,"within":"PT6H"}}""");

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        assertThat(reply.header("Location")).isEqualTo("/api/v1/schedules/nightly");
        assertThat(reply.header("ETag")).isEqualTo("\"1\"");
        assertThat(reply.json().path("cron").asText()).isEqualTo("30 2 * * MON-FRI");
        assertThat(reply.json().path("nextFirings")).hasSize(5);
        ScheduleRevision written = stored("nightly");
        assertThat(written.spec().overlap()).isEqualTo(Overlap.CANCEL_PREVIOUS);
        assertThat(written.spec().catchUp()).isEqualTo(new CatchUp(3, Duration.ofHours(6)));
        assertThat(written.spec().jitter()).isEqualTo(Duration.ofMinutes(5));
        JobTemplate job = (JobTemplate) written.spec().target();
        assertThat(job.lane()).isEqualTo(Lane.LOW);
        assertThat(job.policy().maxAttempts()).contains(5);
        assertThat(job.policy().backoff()).contains(Backoff.constant(Duration.ofSeconds(2)));
        assertThat(job.policy().timeout()).contains(Duration.ofSeconds(10));
    }

    @Test
    void shouldDrawAnIdAndTakeDefaults() {
        Reply reply = post("", "{\"every\":\"PT90S\",\"job\":{\"type\":\"demo:prime\"}}");

        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        ScheduleRevision written = stored(reply.json().path("id").asText());
        assertThat(written.spec().cadence()).isEqualTo(new Cadence.Interval(Duration.ofSeconds(90), Duration.ZERO));
        assertThat(written.spec().overlap()).isEqualTo(Overlap.SKIP);
        assertThat(written.spec().catchUp()).isEqualTo(CatchUp.DEFAULT);
        assertThat(written.spec().paused()).isFalse();
    }

    @Test
    void shouldNotMakeASecondScheduleOfOneId() {
        String body = "{\"id\":\"once\",\"every\":\"PT1H\",\"job\":{\"type\":\"demo:prime\"}}";
        assertThat(post("", body).status()).isEqualTo(201);

        Reply again = post("", body);

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("schedule-exists");
        assertThat(stored("once").version()).isEqualTo(1);
    }

    @Test
    void shouldReplaceOnlyTheVersionThatIsNamed() {
        String body = "{\"every\":\"PT1H\",\"job\":{\"type\":\"demo:prime\"}}";
        assertThat(put("versioned", body).status()).isEqualTo(201);

        Reply replaced = put("versioned", "{\"every\":\"PT2H\",\"job\":{\"type\":\"demo:prime\"}}", "If-Match",
                "\"1\"");
        Reply refused = put("versioned", body, "If-Match", "\"1\"");

        assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
        assertThat(replaced.header("ETag")).isEqualTo("\"2\"");
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.problem()).isEqualTo("precondition-failed");
        assertThat(stored("versioned").spec().cadence())
                .isEqualTo(new Cadence.Interval(Duration.ofHours(2), Duration.ZERO));
        assertThat(put("versioned", body, "If-Match", "*").status()).isEqualTo(200);
        assertThat(put("not-there", body, "If-Match", "*").status()).isEqualTo(412);
    }

    @Test
    void shouldTellWhoeverIsSecondThatHisChangeDoesNotCount() {
        assertThat(put("race", "{\"every\":\"PT1H\",\"job\":{\"type\":\"demo:prime\"}}").status()).isEqualTo(201);
        ScheduleRevision made = stored("race");
        competitor = Optional.of(made.changed(made.spec().withPaused(true), "theirs", made.changedAt().plusMillis(1)));

        Reply reply = put("race", "{\"every\":\"PT5H\",\"job\":{\"type\":\"demo:prime\"}}");

        assertThat(reply.status()).as(reply.body()).isEqualTo(409);
        assertThat(reply.problem()).isEqualTo("schedule-changed");
        assertThat(stored("race").change()).isEqualTo("theirs");
    }

    @Test
    void shouldPauseResumeTriggerAndDelete() {
        assertThat(put("life", "{\"cron\":\"@daily\",\"job\":{\"type\":\"demo:prime\"}}").status()).isEqualTo(201);

        Reply paused = post("/life/pause", "");
        assertThat(paused.status()).as(paused.body()).isEqualTo(200);
        assertThat(paused.json().path("paused").asBoolean()).isTrue();
        assertThat(paused.json().path("nextFirings")).isEmpty();
        assertThat(post("/life/pause", "").header("ETag")).isEqualTo("\"2\"");
        assertThat(post("/life/resume", "").json().path("paused").asBoolean()).isFalse();
        assertThat(post("/life/trigger", "").json().path("lastFirings")).hasSize(1);
        assertThat(stored("life").version()).isEqualTo(4);

        JsonNode listed = api.get(PATH).json().path("schedules");
        List<String> ids = new ArrayList<>();
        listed.forEach(schedule -> ids.add(schedule.path("id").asText()));
        assertThat(ids).contains("life");
        assertThat(api.get(PATH + "/life").header("ETag")).isEqualTo("\"4\"");

        assertThat(api.delete(PATH + "/life").status()).isEqualTo(204);
        assertThat(api.get(PATH + "/life").status()).isEqualTo(404);
        assertThat(api.delete(PATH + "/life").status()).isEqualTo(404);
        assertThat(post("/life/trigger", "").problem()).isEqualTo("schedule-not-found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"job":{"type":"demo:echo"}}                                                     | | Expected either cron or every, but got neither
            {"cron":"@daily","every":"PT1H","job":{"type":"demo:echo"}}                      | | Expected either cron or every, but got both
            {"cron":"61 * * * *","job":{"type":"demo:echo"}}                                 | /cron | Expected in the field for the minute 0 to 59, but got '61'
            {"cron":"@daily","timeZone":"Mars/Olympus","job":{"type":"demo:echo"}}           | /timeZone | Expected a time zone of the IANA database such as Europe/Berlin, but got 'Mars/Olympus'
            {"every":"PT0.5S","job":{"type":"demo:echo"}}                                    | /every | Expected a duration such as PT30S, from PT1S to P366D, but got 'PT0.5S'
            {"every":"PT1M","offset":"PT1M","job":{"type":"demo:echo"}}                      | /offset | Expected an offset of less than the interval of PT1M, but got PT1M
            {"every":"PT1M","timeZone":"UTC","job":{"type":"demo:echo"}}                     | /timeZone | Expected a time zone with cron only, as an interval has none
            {"cron":"@daily"}                                                                | /job | Expected either job or batchTemplate, what is submitted each time, but got neither
            {"cron":"@daily","job":{"type":"demo:echo"},"batchTemplate":{"name":"a"}}       | /job | Expected either job or batchTemplate, what is submitted each time, but got both
            {"cron":"@daily","batchTemplate":{"params":{}}}                                  | /batchTemplate/name | Expected the name of a batch template, but the field is missing
            {"cron":"@daily","batchTemplate":{"name":"none"}}                                | /batchTemplate/name | Expected the name of a batch template, but there is none of this name
            {"cron":"@daily","job":{}}                                                       | /job/type | Expected the job type, but the field is missing
            {"cron":"@daily","job":{"type":"demo:echo","delay":"PT1S"}}                      | /job/delay | Expected no field but type, params, priority, tags, timeout, maxAttempts, backoff, retention, but got 'delay'
            {"cron":"@daily","overlap":"replace","job":{"type":"demo:echo"}}                 | /overlap | Expected one of skip, queue, cancel-previous, allow, but got 'replace'
            {"cron":"@daily","catchUp":{"firings":101},"job":{"type":"demo:echo"}}           | /catchUp/firings | Expected a whole number from 0 to 100, but got 101
            {"cron":"@daily","id":"No!","job":{"type":"demo:echo"}}                          | /id | Expected a schedule id of 1 to 100 lower-case letters, digits, '.', '-' and '_' that begins with a letter or digit, but got 'No!'
            """)
    void shouldSayWhichFieldIsWrong(String body, String pointer, String message) {
        Reply reply = post("", body);

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().path("errors").path(0).path("message").asText()).isEqualTo(message);
        assertThat(reply.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo(Optional.ofNullable(pointer).orElse(""));
    }

    @Test
    void shouldRefuseAJobThatCannotRun() {
        assertThat(post("", "{\"cron\":\"@daily\",\"job\":{\"type\":\"demo:prim\"}}").problem())
                .isEqualTo("unknown-job-type");
        assertThat(
                post("", "{\"cron\":\"@daily\",\"job\":{\"type\":\"demo:prime\",\"params\":{\"limit\":7}}}").problem())
                .isEqualTo("invalid-params");
        assertThat(put("other", "{\"id\":\"one\",\"cron\":\"@daily\",\"job\":{\"type\":\"demo:echo\"}}").problem())
                .isEqualTo("invalid-parameter");
        String large = "{\"cron\":\"@daily\",\"job\":{\"type\":\"demo:echo\",\"params\":{\"text\":\""
                + "x".repeat(101_000)
                + "\"}}}";
        assertThat(post("", large).problem()).isEqualTo("content-too-large");
    }
}
