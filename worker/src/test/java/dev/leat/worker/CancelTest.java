package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Lane;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

@Tag("broker")
@ExtendWith(BrokerExtension.class)
class CancelTest {

    private final RecordingPlugin plugin = new RecordingPlugin("test");
    private final KafkaCluster cluster;

    CancelTest(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void shouldStopRunningJob() throws InterruptedException {
        try (WorkerRig rig = rig(8)) {
            rig.startWorker();
            JobId job = rig.submit("test:wait", "{}", Lane.NORMAL);
            await().until(() -> plugin.starts().containsKey(job));

            rig.cancel(job);

            rig.awaitJob(job, ended -> ended.state() == JobState.CANCELLED);
            assertThat(plugin.interrupted()).containsEntry(job, true);
            assertThat(rig.facts(job)).hasExactlyElementsOfTypes(Fact.AttemptStarted.class,
                    Fact.AttemptCancelled.class);
        }
    }

    @Test
    void shouldStepOverJobThatWasCancelledInItsLane() throws InterruptedException {
        try (WorkerRig rig = rig(8)) {
            List<JobId> jobs = rig.submitAll(20, "test:noop", "{}", Lane.NORMAL);
            List<JobId> unwanted = jobs.subList(5, 15);
            unwanted.forEach(rig::cancel);

            rig.startWorker();

            rig.awaitAllCommitted();
            List<JobId> wanted = jobs.stream().filter(job -> !unwanted.contains(job)).toList();
            rig.awaitAll(wanted, JobState.COMPLETED);
            assertThat(plugin.starts()).containsOnlyKeys(wanted);
            assertThat(unwanted).allSatisfy(job -> assertThat(rig.facts(job)).isEmpty());
        }
    }

    @Test
    void shouldNotRunJobWhoseCancellationWasInTheLogBeforeItsStartWas() throws InterruptedException {
        try (WorkerRig rig = rig(1)) {
            rig.startWorker();
            for (int round = 0; round < 50; round++) {
                JobId job = rig.submit("test:noop", "{}", Lane.NORMAL);
                rig.cancel(job);

                rig.awaitAllCommitted();

                // Either it was stepped over, or it was claimed before; and then it ran or was seen to be cancelled.
                List<Fact> facts = rig.facts(job);
                if (!facts.isEmpty()) {
                    rig.awaitJob(job, ended -> ended.state().isTerminal());
                }
                assertThat(plugin.starts().containsKey(job))
                        .isEqualTo(rig.job(job).state() == JobState.COMPLETED);
            }
        }
    }

    private WorkerRig rig(int slots) throws InterruptedException {
        return new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), cluster.newPrefix(),
                Map.of("leat.worker.slots", Integer.toString(slots)), plugin);
    }
}
