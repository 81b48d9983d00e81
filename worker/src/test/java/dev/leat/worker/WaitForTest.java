package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.AwaitedJob;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Handlers that wait for other jobs: the worker's part of it. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaitForTest {

    private final WorkerRig rig;

    WaitForTest(KafkaCluster cluster) throws InterruptedException {
        rig = new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), cluster.newPrefix(),
                Map.of("leat.worker.slots", "1"), new RecordingPlugin("test"));
        rig.startWorker();
    }

    @AfterAll
    void close() {
        rig.close();
    }

    @Test
    void shouldWaitWithoutSlotOrTryAndThenKnowHowTheOthersEnded() {
        JobId other = WorkerRig.newId();
        JobId failed = WorkerRig.newId();
        JobId waiter = rig.submit("test:waiter", "{\"job\":\"" + other + "\"}", Lane.NORMAL);
        Job waiting = rig.awaitJob(waiter, job -> job.state() == JobState.RETRYING);
        rig.awaitJob(rig.submit("test:noop", "{}", Lane.NORMAL), job -> job.state() == JobState.COMPLETED);

        assertThat(waiting.stillAwaited()).containsExactly(other);
        assertThat(waiting.attempts().spent()).isZero();
        rig.sendCommand(waiter, new Fact.JobQueued(2, 0, waiting.submission().orElseThrow(), Optional.empty(), List.of(
                new AwaitedJob(other, Optional.of(JobState.COMPLETED), Optional.of(new Json("{\"value\":7}")),
                        Optional.empty()),
                new AwaitedJob(failed, Optional.of(JobState.FAILED), Optional.empty(),
                        Optional.of(JobError.of("handler-failed", "no such file"))),
                AwaitedJob.unknown(WorkerRig.newId()))));

        Job done = rig.awaitJob(waiter, job -> job.state().isTerminal());
        assertThat(done.outcome().flatMap(Job.Outcome::result)).contains(
                new Json("{\"attempt\":2,\"ends\":[\"COMPLETED 7\",\"FAILED 0no such file\",\"UNKNOWN 0\"]}"));
    }

    @Test
    void shouldFailJobThatWouldWaitForItself() {
        JobId waiter = rig.submit("test:waiter", "{}", Lane.NORMAL);

        Job failed = rig.awaitJob(waiter, job -> job.state().isTerminal());

        assertThat(failed.outcome().flatMap(Job.Outcome::error).map(JobError::message))
                .contains("Expected the job to wait for others, but it would wait for itself");
    }
}
