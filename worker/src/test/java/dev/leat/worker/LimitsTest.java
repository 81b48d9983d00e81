package dev.leat.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Lane;
import dev.leat.domain.limit.PluginSetting;
import dev.leat.domain.limit.PluginUse;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Limits and pauses of plugins, over all workers. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
class LimitsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RecordingPlugin limited = new RecordingPlugin("limited");
    private final RecordingPlugin free = new RecordingPlugin("free");
    private final KafkaCluster cluster;

    LimitsTest(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    private WorkerRig rig() throws InterruptedException {
        return new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), cluster.newPrefix(),
                Map.of("leat.worker.heartbeat.interval", "200ms"), limited, free);
    }

    private static void say(WorkerRig rig, PluginSetting setting) {
        rig.send(rig.topics().pluginSettings(), setting.getClass().getSimpleName().getBytes(UTF_8),
                rig.codecs().settings().encode(rig.topics().pluginSettings(), setting));
    }

    private static void limit(WorkerRig rig, int running) {
        say(rig, new PluginSetting.Limits("limited", Optional.of(running), Optional.empty(), Instant.EPOCH));
    }

    private static Optional<Integer> permits(WorkerRig rig, Worker worker) {
        return rig.heartbeat(worker)
                .stream()
                .flatMap(beat -> beat.uses().stream())
                .filter(use -> use.plugin().equals("limited"))
                .findFirst()
                .flatMap(PluginUse::permits);
    }

    @Test
    void shouldRunNoMoreThanTheLimitOverAllWorkers() throws InterruptedException {
        try (WorkerRig rig = rig()) {
            limit(rig, 3);
            Worker one = rig.startWorker();
            Worker other = rig.startWorker();
            await("shares").atMost(PATIENCE)
                    .until(() -> permits(rig, one).orElse(0) + permits(rig, other).orElse(0) == 3
                            && permits(rig, one).orElse(0) > 0 && permits(rig, other).orElse(0) > 0);

            List<JobId> jobs = rig.submitAll(40, "limited:sleep", "{\"millis\":50}", Lane.NORMAL);

            jobs.forEach(job -> rig.awaitJob(job, ended -> ended.state() == JobState.COMPLETED));
            // Kafka may give all partitions to the one with two permits for as long as the other one joins.
            assertThat(limited.mostSleepers()).isBetween(2, 3);
        }
    }

    @Test
    void shouldLeaveALimitOfOneToOneWorkerUntilItIsGone() throws InterruptedException {
        try (WorkerRig rig = rig()) {
            limit(rig, 1);
            Worker one = rig.startWorker();
            Worker other = rig.startWorker();
            await("shares").atMost(PATIENCE)
                    .until(() -> permits(rig, one).isPresent() && permits(rig, other).isPresent()
                            && permits(rig, one).orElse(0) + permits(rig, other).orElse(0) == 1);
            List<JobId> jobs = rig.submitAll(12, "limited:sleep", "{\"millis\":20}", Lane.NORMAL);
            jobs.forEach(job -> rig.awaitJob(job, ended -> ended.state() == JobState.COMPLETED));
            assertThat(limited.mostSleepers()).isEqualTo(1);

            (permits(rig, one).orElse(0) == 1 ? one : other).stop();

            JobId next = rig.submit("limited:noop", "{}", Lane.NORMAL);
            rig.awaitJob(next, ended -> ended.state() == JobState.COMPLETED);
        }
    }

    @Test
    void shouldStartNothingOfAPausedPluginUntilItIsResumed() throws InterruptedException {
        try (WorkerRig rig = rig()) {
            rig.startWorker();
            JobId running = rig.submit("limited:gate", "{}", Lane.NORMAL);
            await("the start").atMost(PATIENCE).until(() -> limited.starts().containsKey(running));

            say(rig, new PluginSetting.Pause("limited", true, Instant.EPOCH));
            // A job of the other plugin that is submitted after the pause has been read says that the pause has been read, too.
            rig.awaitJob(rig.submit("free:noop", "{}", Lane.NORMAL), ended -> ended.state() == JobState.COMPLETED);
            JobId held = rig.submit("limited:noop", "{}", Lane.NORMAL);
            for (int round = 0; round < 5; round++) {
                rig.awaitJob(rig.submit("free:noop", "{}", Lane.NORMAL), ended -> ended.state() == JobState.COMPLETED);
            }
            limited.openGate();
            rig.awaitJob(running, ended -> ended.state() == JobState.COMPLETED);
            assertThat(limited.starts()).as("what runs goes on, and nothing else starts").doesNotContainKey(held);

            say(rig, new PluginSetting.Pause("limited", false, Instant.EPOCH));
            rig.awaitJob(held, ended -> ended.state() == JobState.COMPLETED);
        }
    }

    @Test
    void shouldStartOthersWhileAPluginsHandlersHang() throws InterruptedException {
        try (WorkerRig rig = rig()) {
            rig.startWorker(Map.of("leat.worker.slots", "4"));
            List<JobId> hanging = rig.submitAll(20, "limited:gate", "{}", Lane.HIGH);
            await("all that it gets").atMost(PATIENCE).until(() -> limited.starts().size() == 3);

            runOthers(rig);

            assertThat(limited.starts()).hasSize(3);
            limited.openGate();
            hanging.forEach(job -> rig.awaitJob(job, ended -> ended.state() == JobState.COMPLETED));
        }
    }

    private static void runOthers(WorkerRig rig) {
        for (int round = 0; round < 10; round++) {
            rig.awaitJob(rig.submit("free:noop", "{}", Lane.LOW), ended -> ended.state() == JobState.COMPLETED);
        }
    }

    @Test
    void shouldStartOthersWhileAPluginFloodsItsLanes() throws InterruptedException {
        try (WorkerRig rig = rig()) {
            rig.startWorker(Map.of("leat.worker.slots", "4"));
            int flood = 2_000;
            var _ = rig.submitAll(flood, "limited:sleep", "{\"millis\":100}", Lane.HIGH);
            await("the flood").atMost(PATIENCE).until(() -> limited.starts().size() >= 3);

            runOthers(rig);

            // Three of four slots take over a minute for all of it: whoever had to wait for that would have waited long.
            assertThat(limited.starts().size()).as("started of the flood").isLessThan(flood);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "overflow", "unlinked", "memory"})
    void shouldStartOthersWhileAPluginsHandlersCrash(String way) throws InterruptedException {
        try (WorkerRig rig = rig()) {
            rig.startWorker(Map.of("leat.worker.slots", "4"));
            List<JobId> crashing = rig.submitAll(200, "limited:" + way, "{}", Lane.HIGH);

            runOthers(rig);

            crashing.forEach(job -> rig.awaitJob(job,
                    failed -> failed.state() == JobState.FAILED || failed.state() == JobState.RETRYING));
            runOthers(rig);
        }
    }
}
