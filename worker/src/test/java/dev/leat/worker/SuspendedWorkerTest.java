package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Lane;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** A process that does not get to run for longer than its lease, as by a SIGSTOP, a full swap or a paused container. */
@Tag("broker")
@Tag("process")
@ExtendWith(BrokerExtension.class)
class SuspendedWorkerTest {

    private static final Duration LEASE = Duration.ofSeconds(2);

    private final KafkaCluster cluster;

    SuspendedWorkerTest(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void shouldStopItsAttemptsWhenItWakesUpAndGoOnAfterThat() throws Exception {
        String prefix = cluster.newPrefix();
        try (WorkerRig rig = new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), prefix, Map.of(),
                new RecordingPlugin("test")); ChildWorker worker = ChildWorker.start(cluster, prefix, "2s")) {
            JobId job = rig.submit("test:wait", "{}", Lane.NORMAL);
            rig.awaitJob(job, running -> running.state() == JobState.RUNNING);
            await("heartbeats").until(() -> rig.beats().size() == 1);

            worker.signal("STOP");
            await("silence").atMost(Duration.ofMinutes(1)).until(() -> silence(rig).compareTo(LEASE) > 0);
            assertThat(rig.job(job).state()).isEqualTo(JobState.RUNNING);
            worker.signal("CONT");

            Job handedBack = rig.awaitJob(job, ended -> ended.state() != JobState.RUNNING);
            assertThat(handedBack.state()).isEqualTo(JobState.RETRYING);
            assertThat(handedBack.attempts().spent()).isZero();
            assertThat(rig.facts(job)).hasExactlyElementsOfTypes(Fact.AttemptStarted.class,
                    Fact.AttemptReleased.class);
            JobId next = rig.submit("test:noop", "{}", Lane.NORMAL);
            rig.awaitJob(next, ended -> ended.state() == JobState.COMPLETED);
        }
    }

    private static Duration silence(WorkerRig rig) {
        long last = rig.beats().values().iterator().next().arrivedNanos();
        return Duration.ofNanos(System.nanoTime() - last);
    }
}
