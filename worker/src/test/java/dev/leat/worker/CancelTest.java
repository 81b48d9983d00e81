package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.ClaimId;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Lane;
import dev.leat.domain.Request;
import dev.leat.runtime.kafka.PartitionOf;
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

    @Test
    void shouldTimeRunningJobOutForGoodWhenItsDeadlinePasses() throws InterruptedException {
        try (WorkerRig rig = rig(8)) {
            rig.startWorker();
            JobId job = rig.submit("test:wait", "{}", Lane.NORMAL);
            await().until(() -> plugin.starts().containsKey(job));

            rig.ask(job, new Fact.EndRequested(EndReason.DEADLINE, Instant.now()));

            rig.awaitJob(job, ended -> ended.state() == JobState.TIMED_OUT);
            assertThat(plugin.interrupted()).containsEntry(job, true);
        }
    }

    @Test
    void shouldStopWhatTheProjectorHasGivenUpAndSayNothingOfIt() throws InterruptedException {
        try (WorkerRig rig = rig(1)) {
            Worker worker = rig.startWorker();
            JobId job = rig.submit("test:wait", "{}", Lane.NORMAL);
            await().until(() -> plugin.starts().containsKey(job));
            ClaimId claim = ((Fact.AttemptStarted) rig.facts(job).getFirst()).claim();

            rig.ask(job, new Request.StopClaim(claim, Instant.now()));

            await().until(() -> plugin.interrupted().containsKey(job));
            JobId next = rig.submit("test:noop", "{}", Lane.NORMAL);
            rig.awaitJob(next, ended -> ended.state() == JobState.COMPLETED);
            assertThat(rig.facts(job)).hasExactlyElementsOfTypes(Fact.AttemptStarted.class);
            assertThat(worker.lostSlots()).isZero();
        }
    }

    @Test
    void shouldLetRunningJobsBeExpiredAndForgotten() throws InterruptedException {
        try (WorkerRig rig = rig(8)) {
            rig.startWorker();
            JobId job = rig.submit("test:gate", "{}", Lane.NORMAL);
            JobId marker = neighbourOf(job);
            rig.sendCommand(marker, "test:wait", "{}", Lane.NORMAL);
            await().until(() -> plugin.starts().size() == 2);

            rig.ask(job, new Fact.EndRequested(EndReason.EXPIRE, Instant.now()));
            rig.ask(job, new Request.Forget(Instant.now()));
            rig.cancel(marker);

            rig.awaitJob(marker, ended -> ended.state() == JobState.CANCELLED);
            plugin.openGate();
            rig.awaitJob(job, ended -> ended.state() == JobState.COMPLETED);
        }
    }

    @Test
    void shouldStepOverJobsWhoseTimeIsOver() throws InterruptedException {
        try (WorkerRig rig = rig(8)) {
            JobId expired = rig.submit("test:noop", "{}", Lane.NORMAL);
            JobId begunBefore = rig.submit(later("test:noop"));
            JobId late = rig.submit(later("test:noop"));
            List.of(expired, begunBefore)
                    .forEach(job -> rig.ask(job, new Fact.EndRequested(EndReason.EXPIRE, Instant.now())));
            rig.ask(late, new Fact.EndRequested(EndReason.DEADLINE, Instant.now()));

            rig.startWorker();

            rig.awaitAllCommitted();
            rig.awaitJob(begunBefore, ended -> ended.state() == JobState.COMPLETED);
            assertThat(plugin.starts()).containsOnlyKeys(begunBefore);
            assertThat(List.of(expired, late)).allSatisfy(job -> assertThat(rig.facts(job)).isEmpty());
        }
    }

    /** A job on the same partition: what is asked of it is read after what was asked of the other before. */
    private static JobId neighbourOf(JobId job) {
        return Stream.generate(WorkerRig::newId)
                .filter(other -> PartitionOf.job(other, WorkerRig.PARTITIONS) == PartitionOf.job(job,
                        WorkerRig.PARTITIONS))
                .findFirst()
                .orElseThrow();
    }

    private static Fact.JobQueued later(String type) {
        return new Fact.JobQueued(2, 1, WorkerRig.command(type, "{}", Lane.NORMAL).submission());
    }

    private WorkerRig rig(int slots) throws InterruptedException {
        return new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), cluster.newPrefix(),
                Map.of("leat.worker.slots", Integer.toString(slots)), plugin);
    }
}
