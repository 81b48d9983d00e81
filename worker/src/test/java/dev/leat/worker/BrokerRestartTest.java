package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Lane;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;
import dev.leat.testkit.RestartableBroker;

@Tag("broker")
@ExtendWith(BrokerExtension.class)
class BrokerRestartTest {

    private final RecordingPlugin plugin = new RecordingPlugin("test");
    private final KafkaCluster cluster;

    /** @param cluster for its schema registry, which stays up */
    BrokerRestartTest(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void shouldLoseNoJobAndRunNoneTwiceWhenTheBrokerGoesAndComesBack(GroupProtocol protocol) throws Exception {
        try (RestartableBroker broker = RestartableBroker.start();
                WorkerRig rig = new WorkerRig(broker.bootstrapServers(), cluster.schemaRegistryUrl(), "restart.",
                        // Nobody requeues in this test, so the workers are to be sure of their jobs all the time.
                        Map.of("leat.worker.group.protocol", protocol.name().toLowerCase(Locale.ROOT),
                                "leat.worker.lease", "10m"),
                        plugin)) {
            rig.startWorker();
            rig.startWorker();
            List<JobId> jobs = new ArrayList<>(rig.submitAll(1_500, "test:sleep", "{\"millis\":10}", Lane.NORMAL));
            await().until(() -> plugin.starts().size() > 200);

            broker.stop();
            int atStop = plugin.starts().size();
            await("running jobs to end").until(() -> plugin.starts().size() >= atStop);
            broker.restart();
            jobs.addAll(rig.submitAll(100, "test:noop", "{}", Lane.HIGH));

            rig.awaitAll(jobs, JobState.COMPLETED);
            rig.awaitAllCommitted();
            assertThat(plugin.starts()).hasSize(jobs.size()).allSatisfy((_, starts) -> assertThat(starts).isOne());
        }
    }
}
