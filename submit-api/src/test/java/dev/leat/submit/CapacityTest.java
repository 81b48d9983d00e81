package dev.leat.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.Lane;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Submissions while too many jobs wait, as a projector says that is told to. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CapacityTest {

    private static final String ECHO = "{\"type\":\"demo:echo\"}";

    /** What was let in while the figures were on their way counts, too. */
    private static final long MOST = 250;

    private final ScriptedProjector projector = ScriptedProjector.start();
    private final Settings settings;
    private final DemoPlugin plugin;
    private final ApiUnderTest api;

    CapacityTest(KafkaCluster cluster) throws Exception {
        settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix(),
                "leat.api.projectors", projector.uri().toString(), "leat.api.queue.max.per.plugin", "100",
                "leat.api.queue.max.total", "150"));
        plugin = DemoPlugin.announce(settings);
        api = ApiUnderTest.start(settings);
    }

    @BeforeAll
    void awaitReadiness() {
        await().until(() -> api.get("/health/readiness").status() == 200);
    }

    @AfterAll
    void stop() {
        api.close();
        plugin.close();
        projector.close();
    }

    @Test
    void shouldRefuseJobsWhileTooManyOfTheirPluginWait() {
        // given
        waiting(100, 0);
        await().until(() -> api.submit(ECHO).status() == 429);
        long before = commands();

        // when
        Reply reply = api.submit(ECHO);

        // then
        assertThat(reply.problem()).isEqualTo("plugin-queue-full");
        assertThat(reply.header("Retry-After")).isEqualTo("5");
        assertThat(reply.json().path("plugin").asText()).isEqualTo("demo");
        assertThat(reply.json().path("queued").asLong()).isBetween(100L, MOST);
        assertThat(reply.json().path("limit").asLong()).isEqualTo(100);
        assertThat(commands()).as("a refused submission leaves nothing behind").isEqualTo(before);
        // What is wrong with it is said first.
        assertThat(api.submit("{\"type\":\"demo:ecko\"}").status()).isEqualTo(404);
        assertThat(api.submit("{\"type\":\"demo:prime\",\"params\":{\"limit\":1}}").status()).isEqualTo(422);

        // when, then: the workers catch up
        waiting(99, 0);
        await().until(() -> api.submit(ECHO).status() == 202);
    }

    @Test
    void shouldRefuseAllJobsWhileTooManyWait() {
        // given
        waiting(10, 140);
        await().until(() -> api.submit(ECHO).status() == 503);

        // when
        Reply reply = api.submit(ECHO);

        // then
        assertThat(reply.problem()).isEqualTo("queue-full");
        assertThat(reply.header("Retry-After")).isEqualTo("5");
        assertThat(reply.json().path("queued").asLong()).isBetween(150L, MOST);
        assertThat(reply.json().path("limit").asLong()).isEqualTo(150);
        assertThat(reply.json().path("outcome").asText()).isEqualTo("not-done");

        // when, then
        waiting(10, 139);
        await().until(() -> api.submit(ECHO).status() == 202);
    }

    private void waiting(int demo, int other) {
        projector.on(ScriptedProjector.STATS,
                ScriptedProjector.json("{\"byPlugin\":{\"demo\":{\"queued\":" + demo + ",\"completed\":1000},\"other\":"
                        + "{\"scheduled\":" + other + ",\"running\":1000}}}"));
    }

    private long commands() {
        try (Consumer<byte[], byte[]> consumer = new KafkaClients(settings).consumer("capacity-test")) {
            List<TopicPartition> partitions = IntStream.range(0, 4)
                    .mapToObj(partition -> new TopicPartition(plugin.topics().jobs("demo", Lane.LOW), partition))
                    .toList();
            return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
