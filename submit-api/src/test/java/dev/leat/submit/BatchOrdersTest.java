package dev.leat.submit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.JobId;
import dev.leat.domain.Json;
import dev.leat.domain.Origin;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchOrder;
import dev.leat.domain.batch.BatchRun;
import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Batches that schedules and handlers order, on a real broker: what is committed of them is read back. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchOrdersTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Origin SCHEDULE = new Origin(Origin.Kind.SCHEDULE, "nightly", 7);
    private static final Instant NOW = Instant.parse("2026-11-22T05:29:00.123Z");
    private static final String TEMPLATE = """
            {"parameters": {"limit": {"type": "integer"}},
             "batch": {"name": "primes to ${limit}", "options": {"concurrency": 2},
                       "operations": [{"type": "demo:prime", "params": {"limit": "${limit}"}},
                                      {"type": "demo:echo", "params": {"message": "done"}}]}}""";

    private final Settings settings;
    private final DemoPlugin plugin;
    private final LogReader log;
    private final ScriptedProjector projector = ScriptedProjector.start();
    private ApiUnderTest api;

    BatchOrdersTest(KafkaCluster cluster) throws Exception {
        settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix(),
                "leat.api.projectors", projector.uri().toString()));
        plugin = DemoPlugin.announce(settings);
        api = ApiUnderTest.start(settings);
        log = new LogReader(settings);
    }

    @BeforeAll
    void keepATemplate() {
        projector.on(ScriptedProjector.STATS, ScriptedProjector.json("{\"jobs\":{},\"byPlugin\":{}}"));
        await().until(() -> api.get("/health/readiness").status() == 200);
        Reply kept = api.send("PUT", "/api/v1/batch-templates/primes", TEMPLATE,
                Map.of("Content-Type", "application/json"));
        assertThat(kept.status()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        log.close();
        api.close();
        plugin.close();
        projector.close();
    }

    private static BatchId draw() {
        return new BatchId(new JobId(UUID.randomUUID()).value());
    }

    private static BatchOrder.Place ofTemplate(String name, String params) {
        return new BatchOrder.Place(new BatchOrder.Content.OfTemplate(new BatchRun(name, new Json(params))),
                Optional.of(SCHEDULE), NOW);
    }

    private void order(BatchId batch, BatchOrder order) {
        try {
            plugin.write(plugin.topics().batchOrders(), batch.toString(),
                    plugin.codecs().batchOrders().encode(plugin.topics().batchOrders(), order));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is in the log of a batch, in order. */
    private List<BatchEvent> events(BatchId batch) {
        return log.all(plugin.topics().batches())
                .stream()
                .filter(one -> new String(one.key(), UTF_8).equals(batch.toString()))
                .map(one -> plugin.codecs().batches().decode(one.topic(), one.value()).orElseThrow())
                .toList();
    }

    private List<BatchEvent> eventsOf(BatchId batch, int events) {
        await().atMost(SOON).until(() -> events(batch).size() >= events);
        return events(batch);
    }

    private static BatchEvent.Opened opened(List<BatchEvent> events) {
        return (BatchEvent.Opened) events.getFirst();
    }

    @Test
    void shouldOpenTheBatchOfATemplateOnItsSchedulesBehalf() {
        BatchId batch = draw();

        order(batch, ofTemplate("primes", "{\"limit\": 1000}"));

        List<BatchEvent> events = eventsOf(batch, 3);
        assertThat(opened(events).spec().name()).contains("primes to 1000");
        assertThat(opened(events).spec().origin()).contains(SCHEDULE);
        assertThat(opened(events).spec().options().concurrency()).contains(2);
        assertThat(events.subList(1, 3)).allSatisfy(
                event -> assertThat(((BatchEvent.Item) event).operation().submission().origin()).get()
                        .extracting(Origin::id).isEqualTo(batch.toString()));
        assertThat(((BatchEvent.Item) events.get(1)).operation().submission().params())
                .isEqualTo(new Json("{\"limit\":1000}"));
    }

    @Test
    void shouldOpenABatchThatIsWrittenOut() {
        BatchId batch = draw();

        order(batch, new BatchOrder.Place(new BatchOrder.Content.Written(new Json(
                "{\"operations\": [{\"type\": \"demo:echo\", \"params\": {\"message\": \"hi\"}}]}")),
                Optional.empty(), NOW));

        assertThat(opened(eventsOf(batch, 2)).spec().origin()).isEmpty();
    }

    @Test
    void shouldSayWhyThereIsNoBatch() {
        BatchId unknown = draw();
        BatchId unfit = draw();
        order(unknown, ofTemplate("nothing", "{}"));
        order(unfit, ofTemplate("primes", "{\"limit\": \"ten\"}"));

        assertThat(opened(eventsOf(unknown, 1)).spec().refusal()).get()
                .satisfies(why -> assertThat(why.code()).isEqualTo("batch-template-not-found"));
        assertThat(opened(eventsOf(unknown, 1)).spec().origin()).contains(SCHEDULE);
        assertThat(opened(eventsOf(unfit, 1)).spec().refusal()).get().satisfies(why -> {
            assertThat(why.code()).isEqualTo("invalid-request");
            assertThat(why.message()).contains("/params/limit");
        });
    }

    @Test
    void shouldCancelAfterTheBatchWasOpened() {
        BatchId batch = draw();
        order(batch, ofTemplate("primes", "{\"limit\": 1000}"));
        order(batch, new BatchOrder.Cancel(NOW));

        assertThat(eventsOf(batch, 4)).last().isEqualTo(new BatchEvent.CancelRequested(NOW));
    }

    @Test
    void shouldBuryWhatNobodyCanReadAndGoOn() throws Exception {
        plugin.write(plugin.topics().batchOrders(), draw().toString(), new byte[]{1, 2, 3});
        plugin.write(plugin.topics().batchOrders(), "no id", new byte[]{1});
        await().atMost(SOON)
                .until(() -> log.all(plugin.topics().deadLetter()).size() == 2);

        BatchId batch = draw();
        order(batch, ofTemplate("primes", "{\"limit\": 1000}"));

        assertThat(eventsOf(batch, 3)).hasSize(3);
    }

    @Test
    void shouldCarryOutEachOrderOnceThoughTheApiIsStartedAnew() throws Exception {
        BatchId before = draw();
        order(before, ofTemplate("primes", "{\"limit\": 1000}"));
        assertThat(eventsOf(before, 3)).hasSize(3);

        api.close();
        BatchId meanwhile = draw();
        order(meanwhile, ofTemplate("primes", "{\"limit\": 1000}"));
        assertThat(events(meanwhile)).isEmpty();
        api = ApiUnderTest.start(settings);

        assertThat(eventsOf(meanwhile, 3)).hasSize(3);
        assertThat(events(before)).hasSize(3);
    }
}
