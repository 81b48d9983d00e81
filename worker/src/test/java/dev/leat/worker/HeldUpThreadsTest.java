package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.PolicyOverrides;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Handlers that keep all threads that there are for virtual ones. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Isolated("No virtual thread of the JVM goes on meanwhile")
class HeldUpThreadsTest {

    private static final int CARRIERS = Runtime.getRuntime().availableProcessors();

    private final RecordingPlugin plugin = new RecordingPlugin("test");

    @Test
    void shouldTimeOutAttemptsWhoseThreadsAreHeldUpByOthers(KafkaCluster cluster) throws InterruptedException {
        Map<String, String> options = Map.of("leat.worker.slots", Integer.toString(CARRIERS + 1),
                "leat.worker.grace", "300ms", "leat.worker.heartbeat.interval", "100ms",
                "leat.worker.drain.timeout", "1s");
        try (WorkerRig rig = new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(),
                cluster.newPrefix(), options, plugin)) {
            Worker worker = rig.startWorker();
            List<JobId> spinning = IntStream.range(0, CARRIERS)
                    .mapToObj(_ -> rig.submit("test:spin", timeout(2_000)))
                    .toList();
            await().until(() -> plugin.starts().size() == CARRIERS);

            JobId heldUp = rig.submit("test:noop", timeout(100));

            rig.awaitAll(spinning, JobState.RETRYING);
            rig.awaitJob(heldUp, ended -> ended.state() == JobState.RETRYING);
            assertThat(plugin.starts()).doesNotContainKey(heldUp);
            await().until(() -> !worker.isLive());
        }
    }

    private static PolicyOverrides timeout(int millis) {
        return new PolicyOverrides(Optional.empty(), Optional.empty(), Optional.of(Duration.ofMillis(millis)),
                Optional.empty());
    }
}
