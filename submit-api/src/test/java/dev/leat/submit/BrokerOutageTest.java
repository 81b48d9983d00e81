package dev.leat.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.Lane;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;
import dev.leat.testkit.RestartableBroker;

/** The broker goes away under the API and comes back. The registry lives on another broker. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
class BrokerOutageTest {

    private static final String JOB = "019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10";
    private static final String ECHO = "{\"type\":\"demo:echo\"}";

    @Test
    @Timeout(180)
    void shouldAnswerInSecondsWithoutTheBrokerAndGoOnWithIt(KafkaCluster other) throws Exception {
        try (RestartableBroker broker = RestartableBroker.start();
                ScriptedProjector projector = ScriptedProjector.start()) {
            projector.on("/internal/v1/jobs", ScriptedProjector.json("{\"jobs\":[{\"id\":\"" + JOB + "\"}]}"));
            Settings settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", broker.bootstrapServers(),
                    "leat.schema.registry.url", other.schemaRegistryUrl(), "leat.topic.prefix", other.newPrefix(),
                    "leat.api.submit.timeout", "2s", "leat.api.projectors", projector.uri().toString()));
            try (DemoPlugin _ = DemoPlugin.announce(settings); ApiUnderTest api = ApiUnderTest.start(settings)) {
                await().atMost(Duration.ofSeconds(30)).until(() -> api.submit(ECHO).status() == 202);
                assertThat(api.delete("/api/v1/jobs?status=completed").body())
                        .isEqualTo("{\"cleared\":1,\"more\":false}");

                // when
                broker.stop();
                long start = System.nanoTime();
                Reply away = api.submit(ECHO);
                Duration took = Duration.ofNanos(System.nanoTime() - start);

                // then
                assertThat(away.status()).as(away.body()).isEqualTo(503);
                assertThat(away.problem()).isEqualTo("broker-unavailable");
                assertThat(away.header("Retry-After")).isEqualTo("2");
                assertThat(took).isLessThan(Duration.ofSeconds(10));
                assertThat(away.json().path("outcome").asText()).isIn("not-done", "unknown");
                // A lane that the producer knows nothing of cannot have got anything.
                Reply elsewhere = api.submit("{\"type\":\"demo:echo\",\"priority\":\"high\"}");
                assertThat(elsewhere.json().path("outcome").asText()).as(elsewhere.body()).isEqualTo("not-done");
                Reply clearing = api.delete("/api/v1/jobs?status=completed");
                assertThat(clearing.status()).as(clearing.body()).isEqualTo(503);
                assertThat(clearing.problem()).isEqualTo("broker-unavailable");
                assertThat(clearing.json().path("outcome").asText()).isEqualTo("unknown");
                await().atMost(Duration.ofSeconds(30)).until(() -> api.get("/health/readiness").status() == 503);
                assertThat(api.get("/health/liveness").status()).isEqualTo(200);
                assertThat(api.get("/api/v1/job-types").status()).isEqualTo(200);

                // when
                broker.restart();

                // then
                await().atMost(Duration.ofSeconds(60)).until(() -> api.get("/health/readiness").status() == 200);
                await().atMost(Duration.ofSeconds(60)).until(() -> api.submit(ECHO).status() == 202);
            }
        }
    }

    @Test
    @Timeout(180)
    void shouldSendDeadLettersBackOnceTheBrokerIsThere(KafkaCluster other) throws Exception {
        try (RestartableBroker broker = RestartableBroker.start()) {
            Settings settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", broker.bootstrapServers(),
                    "leat.schema.registry.url", other.schemaRegistryUrl(), "leat.topic.prefix", other.newPrefix(),
                    "leat.api.submit.timeout", "2s"));
            try (DemoPlugin plugin = DemoPlugin.announce(settings);
                    ApiUnderTest api = ApiUnderTest.start(settings);
                    DeadLetterLog log = new DeadLetterLog(settings)) {
                String id = log.bury(plugin.topics().events(), "key", "value", "outage");
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> api.get("/api/v1/dead-letters").body().contains(id));

                // when
                broker.stop();

                // then: what is known is still shown, and nothing is sent
                assertThat(api.get("/api/v1/dead-letters").body()).contains(id).doesNotContain("redrivenAt");
                for (Reply away : List.of(api.get("/api/v1/dead-letters/" + id), redrive(api, "/" + id),
                        redrive(api, ""))) {
                    assertThat(away.status()).as(away.body()).isEqualTo(503);
                    assertThat(away.problem()).isEqualTo("broker-unavailable");
                    assertThat(away.json().path("outcome").asText()).isEqualTo("not-done");
                    assertThat(away.header("Retry-After")).isEqualTo("2");
                }

                // when
                broker.restart();

                // then
                await().atMost(Duration.ofSeconds(60)).until(() -> redrive(api, "/" + id).status() == 200);
            }
        }
    }

    private static Reply redrive(ApiUnderTest api, String which) {
        return api.send("POST", "/api/v1/dead-letters" + which + "/redrive", "", Map.of());
    }

    @Test
    @Timeout(180)
    void shouldNameTheJobWhereNobodyKnowsWhetherItGotThrough(KafkaCluster other) throws Exception {
        try (MutableWire wire = MutableWire.open();
                RestartableBroker broker = RestartableBroker
                        .start(Map.of("advertised.listeners", "PLAINTEXT://127.0.0.1:" + wire.port()))) {
            wire.connectTo(Integer.parseInt(broker.bootstrapServers().replaceAll(".*:", "")));
            Settings settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", "127.0.0.1:" + wire.port(),
                    "leat.schema.registry.url", other.schemaRegistryUrl(), "leat.topic.prefix", other.newPrefix(),
                    "leat.api.submit.timeout", "2s"));
            try (DemoPlugin plugin = DemoPlugin.announce(settings); ApiUnderTest api = ApiUnderTest.start(settings)) {
                await().atMost(Duration.ofSeconds(30)).until(() -> api.submit(ECHO).status() == 202);

                // when: the broker gets the record, and its acknowledgement gets lost
                wire.muteAnswers(true);
                Reply doubtful = api.submit(ECHO);
                wire.muteAnswers(false);

                // then
                assertThat(doubtful.status()).as(doubtful.body()).isEqualTo(503);
                assertThat(doubtful.problem()).isEqualTo("broker-unavailable");
                assertThat(doubtful.json().path("outcome").asText()).isEqualTo("unknown");
                assertThat(doubtful.header("Retry-After")).isEqualTo("2");
                String id = doubtful.json().path("jobId").asText();
                assertThat(doubtful.json().path("job").asText()).isEqualTo("/api/v1/jobs/" + id);
                assertThat(doubtful.json().path("detail").asText()).contains("unknown", id);

                // then: it did get through, once
                await().atMost(Duration.ofSeconds(60)).until(() -> api.submit(ECHO).status() == 202);
                assertThat(keys(settings, plugin.topics().jobs("demo", Lane.LOW))).containsOnlyOnce(id)
                        .doesNotHaveDuplicates();
            }
        }
    }

    /** The keys of all records of a topic. */
    private static List<String> keys(Settings settings, String topic) {
        List<String> keys = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaClients(settings).consumer("outage-test")) {
            List<TopicPartition> partitions = IntStream.range(0, 4)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
            while (keys.size() < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(message -> keys.add(new String(message.key(), StandardCharsets.UTF_8)));
            }
        }
        return keys;
    }
}
