package dev.leat.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.Lane;
import dev.leat.plugin.NotAcknowledgedException;
import dev.leat.plugin.PluginState;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;
import dev.leat.worker.plugin.RecordJson;
import dev.leat.worker.shared.AcknowledgedProducer;
import dev.leat.worker.shared.PluginStates;
import dev.leat.worker.shared.SharedState;

/** What a plugin shares among workers. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedStateTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final RecordingPlugin plugin = new RecordingPlugin("test");
    private final RecordingPlugin other = new RecordingPlugin("other");
    private final WorkerRig rig;
    private final PluginState here;
    private final PluginState there;

    SharedStateTest(KafkaCluster cluster) throws InterruptedException {
        rig = new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), cluster.newPrefix(), Map.of(),
                plugin, other);
        rig.startWorker();
        rig.startWorker();
        here = plugin.contexts().getFirst().state();
        there = plugin.contexts().getLast().state();
    }

    @AfterAll
    void close() {
        rig.close();
    }

    private static String text(PluginState state, String key) {
        return state.get(key).map(bytes -> new String(bytes, UTF_8)).orElse("nothing");
    }

    @Test
    void shouldShowInOneWorkerWhatIsPutInTheOther() throws InterruptedException {
        here.put("a", "first".getBytes(UTF_8));
        await().atMost(SOON).until(() -> text(there, "a"), "first"::equals);
        assertThat(there.version("a")).isEqualTo(here.version("a"));
        OptionalLong version = here.version("a");

        there.put("a", "second".getBytes(UTF_8));
        assertThat(text(there, "a")).isEqualTo("second");
        await().atMost(SOON).until(() -> text(here, "a"), "second"::equals);
        assertThat(here.version("a").orElseThrow()).isGreaterThan(version.orElseThrow());

        here.remove("a");
        await().atMost(SOON).until(() -> text(there, "a"), "nothing"::equals);
        assertThat(there.version("a")).isEmpty();
    }

    @Test
    void shouldKeepPluginsApart() throws InterruptedException {
        here.put("b", new byte[]{1});

        assertThat(other.contexts().getFirst().state().get("b")).isEmpty();
    }

    @Test
    void shouldAgreeInTheEndOnWhatTwoWorkersPutAtATime() throws InterruptedException {
        Thread one = Thread.ofVirtual().start(() -> putMany(here, "one"));
        Thread two = Thread.ofVirtual().start(() -> putMany(there, "two"));
        one.join();
        two.join();

        await().atMost(SOON).until(() -> here.version("c").equals(there.version("c")));
        assertThat(text(here, "c")).isEqualTo(text(there, "c"));
    }

    private static void putMany(PluginState state, String name) {
        try {
            for (int number = 0; number < 50; number++) {
                state.put("c", (name + number).getBytes(UTF_8));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldHaveReadItAllWhenItsPluginIsStarted() throws InterruptedException {
        here.put("d", new byte[PluginState.MAX_BYTES]);

        Worker late = rig.startWorker();

        assertThat(plugin.contexts().get(plugin.contexts().size() - 1).state().get("d")).isPresent();
        late.stop();
    }

    @Test
    void shouldBeSharedByHandlersWhereverTheyRun() {
        List<JobId> jobs = IntStream.range(0, 5).mapToObj(_ -> {
            JobId id = rig.submit("test:count", "{}", Lane.NORMAL);
            rig.awaitJob(id, job -> job.state().isTerminal());
            await().atMost(SOON).until(() -> here.version("count").isPresent()
                    && here.version("count").equals(there.version("count")));
            return id;
        }).toList();

        assertThat(jobs).extracting(id -> rig.job(id).outcome().flatMap(Job.Outcome::result).orElseThrow().value())
                .containsExactly("{\"value\":1}", "{\"value\":2}", "{\"value\":3}", "{\"value\":4}",
                        "{\"value\":5}");
    }

    @Test
    void shouldSayThatKafkaDoesNotAnswer() {
        KafkaClients nobody = new KafkaClients(rig.settings(Map.of("leat.bootstrap.servers", "127.0.0.1:1")));
        try (AcknowledgedProducer producer = new AcknowledgedProducer(nobody, Duration.ofSeconds(1))) {
            PluginState state = PluginStates.in("nowhere", new SharedState(), producer)
                    .of("test", new RecordJson(new JsonMapper()));

            assertThatThrownBy(() -> state.put("e", new byte[1])).isInstanceOf(NotAcknowledgedException.class)
                    .hasMessageStartingWith("Expected Kafka to acknowledge 'e' of plugin 'test' within 1 s, but:");
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> state.put("e", new byte[1])).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }
}
