package dev.leat.submit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.Backoff;
import dev.leat.domain.JobPolicy;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Origin;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchOptions;
import dev.leat.domain.batch.Operation;
import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Batches on a real broker, read back by a plain consumer that sees what is committed. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchSubmitTest {

    private static final String ID = "019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10";
    private static final JobTypeDescriptor PAY = new JobTypeDescriptor(new JobTypeName("demo", "pay"), "Pays.",
            Lane.HIGH, JobPolicy.DEFAULT, new Json("{\"type\":\"object\"}"), new Json("{}"),
            Optional.of(new JobTypeName("demo", "refund")));
    private static final JobTypeDescriptor REFUND = new JobTypeDescriptor(new JobTypeName("demo", "refund"),
            "Gives it back.", Lane.LOW,
            new JobPolicy(9, Backoff.DEFAULT, JobPolicy.DEFAULT.timeout(), JobPolicy.DEFAULT.retention()),
            new Json("{\"type\":\"object\"}"), new Json("{}"));
    private static final JobTypeDescriptor SUM = new JobTypeDescriptor(new JobTypeName("demo", "sum"), "Adds up.",
            Lane.NORMAL, JobPolicy.DEFAULT, new Json("""
                    {"type":"object","required":["batch"],"additionalProperties":false,"properties":{
                     "to":{"type":"string"},
                     "batch":{"type":"object","required":["id","status","total","states"]}}}"""),
            new Json("{}"));

    private final Settings settings;
    private final DemoPlugin plugin;
    private final ApiUnderTest api;
    private final LogReader log;
    private final ScriptedProjector projector = ScriptedProjector.start();

    BatchSubmitTest(KafkaCluster cluster) throws Exception {
        settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix(),
                "leat.api.projectors", projector.uri().toString(), "leat.api.max.batch.bytes", "2MB",
                "leat.api.max.body", "100kB", "leat.api.queue.max.per.plugin", "5000"));
        plugin = DemoPlugin.announce(settings);
        plugin.publish(List.of(DemoPlugin.PRIME, DemoPlugin.ECHO, PAY, REFUND, SUM));
        api = ApiUnderTest.start(settings);
        log = new LogReader(settings);
    }

    @BeforeAll
    void awaitReadiness() {
        projector.on(ScriptedProjector.STATS, ScriptedProjector.json("{\"jobs\":{},\"byPlugin\":{}}"));
        await().until(() -> api.get("/health/readiness").status() == 200);
    }

    @AfterAll
    void stop() {
        log.close();
        api.close();
        plugin.close();
        projector.close();
    }

    private Reply submit(String body) {
        return api.send("POST", "/api/v1/batches", body, Map.of("Content-Type", "application/json"));
    }

    private Reply submitLines(String body) {
        return api.send("POST", "/api/v1/batches", body, Map.of("Content-Type", "application/x-ndjson"));
    }

    /** What is in the log of a batch, in order. */
    private List<BatchEvent> events(String id) {
        return log.all(plugin.topics().batches())
                .stream()
                .filter(one -> new String(one.key(), UTF_8).equals(id))
                .map(this::event)
                .toList();
    }

    private BatchEvent event(ConsumerRecord<byte[], byte[]> one) {
        return plugin.codecs().batches().decode(one.topic(), one.value()).orElseThrow();
    }

    private static List<Operation> operations(List<BatchEvent> events) {
        return events.stream()
                .filter(BatchEvent.Item.class::isInstance)
                .map(item -> ((BatchEvent.Item) item).operation())
                .toList();
    }

    private static String primes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"type\":\"demo:prime\",\"params\":{\"limit\":" + (100 + i) + "}}")
                .collect(Collectors.joining(","));
    }

    @Test
    void shouldWriteTheBatchAndThenItsOperationsInOrder() {
        Reply reply = submit("""
                {"name":"night","operations":[%s],"options":{"onFailure":"stop","concurrency":3}}"""
                .formatted(primes(50)));

        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        String id = reply.json().path("id").asText();
        assertThat(reply.header("Location")).isEqualTo("/api/v1/batches/" + id);
        assertThat(reply.header("Leat-Position")).startsWith(plugin.topics().batches());
        List<BatchEvent> events = events(id);
        assertThat(events).hasSize(51).first().isInstanceOfSatisfying(BatchEvent.Opened.class, opened -> {
            assertThat(opened.spec().total()).isEqualTo(50);
            assertThat(opened.spec().types()).isEqualTo(Map.of(DemoPlugin.PRIME.type(), 50));
            assertThat(opened.spec().options())
                    .isEqualTo(new BatchOptions(BatchOptions.OnFailure.STOP, Optional.of(3)));
        });
        List<Operation> operations = operations(events);
        assertThat(operations).extracting(Operation::index).containsExactlyElementsOf(IntStream.range(0, 50).boxed()
                .toList());
        assertThat(operations).extracting(Operation::job).doesNotHaveDuplicates();
        assertThat(operations.get(7).submission().params()).isEqualTo(new Json("{\"limit\":107}"));
        assertThat(operations.get(7).submission().origin()).contains(new Origin(Origin.Kind.BATCH, id, 7));
        assertThat(operations.get(7).submission().policy().maxAttempts()).contains(3);
    }

    @Test
    void shouldReadLinesAndWhatHoldsForAllOfThem() {
        Reply reply = submitLines("""
                {"name":"lines","onCompletion":{"type":"demo:sum","params":{"to":"me"}}}

                {"type":"demo:prime"}
                {"type":"demo:pay","params":{"sum":3},"tags":["a"]}
                """);

        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        List<BatchEvent> events = events(reply.json().path("id").asText());
        assertThat(events.getFirst()).isInstanceOfSatisfying(BatchEvent.Opened.class,
                opened -> assertThat(opened.spec().onCompletion()).hasValueSatisfying(
                        job -> assertThat(job.submission().params()).isEqualTo(new Json("{\"to\":\"me\"}"))));
        Operation pay = operations(events).get(1);
        assertThat(pay.submission().lane()).isEqualTo(Lane.HIGH);
        assertThat(pay.compensation()).hasValueSatisfying(undo -> {
            assertThat(undo.type()).isEqualTo(REFUND.type());
            assertThat(undo.lane()).isEqualTo(Lane.LOW);
            assertThat(undo.policy().maxAttempts()).contains(9);
        });
    }

    @Test
    void shouldNameWhatIsWrongWithEachOperationAndWriteNothing() {
        long before = log.end(plugin.topics().batches());

        Reply reply = submit("""
                {"operations":[{"type":"demo:prime"},{"type":"demo:prim"},{"type":"demo:prime","params":{"limit":7}},
                 {"typ":"demo:prime"},3],"options":{"concurrency":0},"onCompletion":{"type":"demo:prime"}}""");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.problem()).isEqualTo("batch-invalid");
        assertThat(reply.json().path("invalidOperations").asInt()).isEqualTo(4);
        assertThat(reply.json().path("errors").findValuesAsText("pointer")).contains("/type", "/params/limit", "/typ",
                "", "/options/concurrency", "/onCompletion/params/batch");
        assertThat(reply.json().at("/errors/0/index").asInt()).isEqualTo(1);
        assertThat(reply.json().at("/errors/0/message").asText()).contains("Did you mean demo:prime?");
        assertThat(log.end(plugin.topics().batches())).isEqualTo(before);
    }

    @Test
    void shouldShowOnlyTheFirstHundredErrors() {
        Reply reply = submitLines("{\"type\":\"demo:prim\"}\n".repeat(1_000));

        assertThat(reply.json().path("errors")).hasSize(100);
        assertThat(reply.json().path("totalErrors").asInt()).isEqualTo(1_000);
        assertThat(reply.json().at("/errors/99/line").asInt()).isEqualTo(100);
    }

    @Test
    void shouldRefuseABatchWithoutOperations() {
        assertThat(submit("{}").problem()).isEqualTo("batch-invalid");
        assertThat(submitLines("\n\n").problem()).isEqualTo("batch-invalid");
        assertThat(submit("[]").problem()).isEqualTo("malformed-json");
        assertThat(submit("{\"operations\":[{").problem()).isEqualTo("malformed-json");
    }

    @Test
    void shouldTakeBodiesThatAreTooLargeForASingleJobAndRefuseThoseThatAreTooLargeForABatch() {
        String line = "{\"type\":\"demo:echo\",\"params\":{\"text\":\"" + "x".repeat(1_000) + "\"}}\n";

        assertThat(submitLines(line.repeat(500)).status()).isEqualTo(202);
        assertThat(api.sendUnchecked("POST", "/api/v1/batches", BodyPublishers.ofString(line.repeat(3_000)),
                Map.of("Content-Type", "application/x-ndjson")).status()).isEqualTo(413);
        assertThat(api.sendUnchecked("POST", "/api/v1/jobs",
                BodyPublishers
                        .ofString("{\"type\":\"demo:echo\",\"params\":{\"text\":\"" + "x".repeat(200_000) + "\"}}"),
                Map.of("Content-Type", "application/json")).status()).isEqualTo(413);
    }

    @Test
    void shouldRefuseMoreThanMayWaitAndWriteNothing() {
        long before = log.end(plugin.topics().batches());

        Reply reply = submitLines("{\"type\":\"demo:prime\"}\n".repeat(5_001));

        assertThat(reply.status()).isEqualTo(429);
        assertThat(log.end(plugin.topics().batches())).isEqualTo(before);
    }

    @Test
    void shouldAskForTheEndOfABatchThatIsOpenAlone() {
        String view = """
                {"id":"%s","status":"running","total":2,"completed":0,"failed":0,"percent":0.0,"states":{},\
                "onFailure":"continue","submittedAt":"2026-11-22T05:29:00.123Z","failures":[]%s}""";
        projector.on("/internal/v1/batches/" + ID, ScriptedProjector.json(view.formatted(ID, "")));
        projector.on("/internal/v1/jobs", ScriptedProjector.json("{\"jobs\":[]}"));

        assertThat(api.get("/api/v1/batches/" + ID).json().path("current").isArray()).isTrue();
        assertThat(api.delete("/api/v1/batches/" + ID).status()).isEqualTo(202);
        assertThat(api.send("POST", "/api/v1/batches/" + ID + "/rollback", "", Map.of()).status()).isEqualTo(202);
        projector.on("/internal/v1/batches/" + ID, ScriptedProjector
                .json(view.formatted(ID, ",\"finishedAt\":\"2026-11-22T05:30:00Z\"")));
        assertThat(api.delete("/api/v1/batches/" + ID).problem()).isEqualTo("batch-already-finished");

        assertThat(events(ID)).hasExactlyElementsOfTypes(BatchEvent.CancelRequested.class,
                BatchEvent.RollbackRequested.class);
        assertThat(api.get("/api/v1/batches/019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b11").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/batches/x").status()).isEqualTo(400);
    }
}
