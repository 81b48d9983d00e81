package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.ClaimId;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Lane;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** What a worker learns about a job between its claim and its handler's start. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
class BarrierTest {

    private final RecordingPlugin plugin = new RecordingPlugin("test");
    private final KafkaCluster cluster;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    BarrierTest(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Test
    void shouldSayThatJobIsCancelledAndNotRunIt() throws Exception {
        WorkerRig rig = rig();
        JobId job = rig.submit("test:noop", "{}", Lane.NORMAL);

        learnWhileClaiming(rig, job, EndReason.CANCEL);

        rig.awaitJob(job, ended -> ended.state() == JobState.CANCELLED);
        assertThat(plugin.starts()).isEmpty();
    }

    @Test
    void shouldTimeJobOutForGoodWhoseDeadlineHasPassed() throws Exception {
        WorkerRig rig = rig();
        JobId job = rig.submit("test:noop", "{}", Lane.NORMAL);

        learnWhileClaiming(rig, job, EndReason.DEADLINE);

        rig.awaitJob(job, ended -> ended.state() == JobState.TIMED_OUT);
        assertThat(plugin.starts()).isEmpty();
        assertThat(rig.facts(job).getLast()).isInstanceOfSatisfying(Fact.AttemptTimedOut.class,
                late -> assertThat(late.error().code()).isEqualTo("deadline-passed"));
    }

    @Test
    void shouldGiveUpFirstAttemptOfJobThatHasExpired() throws Exception {
        WorkerRig rig = rig();
        JobId job = rig.submit("test:noop", "{}", Lane.NORMAL);

        learnWhileClaiming(rig, job, EndReason.EXPIRE);

        await().until(() -> rig.facts(job).size() == 2);
        assertThat(rig.facts(job)).hasExactlyElementsOfTypes(Fact.AttemptStarted.class, Fact.ClaimAbandoned.class);
        assertThat(rig.job(job).state()).isEqualTo(JobState.QUEUED);
        assertThat(plugin.starts()).isEmpty();
    }

    @Test
    void shouldRunLaterAttemptOfJobThatHasExpired() throws Exception {
        WorkerRig rig = rig();
        JobId job = rig.submit(
                new Fact.JobQueued(2, 1, WorkerRig.command("test:noop", "{}", Lane.NORMAL).submission()));

        learnWhileClaiming(rig, job, EndReason.EXPIRE);

        rig.awaitJob(job, ended -> ended.state() == JobState.COMPLETED);
    }

    @Test
    void shouldNotRunWhatTheProjectorGaveUpBeforeTheClaimWasWon() throws Exception {
        WorkerRig rig = rig();
        JobId job = rig.submit("test:noop", "{}", Lane.NORMAL);

        WorkerInParts parts = start(rig, (worker, commit) -> {
            worker.attempts().stopClaim(new ClaimId(WorkerInParts.ID.value() + "/1"));
            commit.run();
        });

        rig.awaitAllCommitted();
        await().until(() -> parts.loop().slots().free() == 8);
        JobId next = rig.submit("test:noop", "{}", Lane.NORMAL);
        rig.awaitJob(next, ended -> ended.state() == JobState.COMPLETED);
        assertThat(plugin.starts()).containsOnlyKeys(next);
        assertThat(rig.facts(job)).hasExactlyElementsOfTypes(Fact.AttemptStarted.class);
    }

    /** The claim is under way when the worker learns of the request. */
    private void learnWhileClaiming(WorkerRig rig, JobId job, EndReason reason) {
        start(rig, (worker, commit) -> {
            worker.ends().add(job, reason, Instant.now());
            commit.run();
        });
    }

    private WorkerRig rig() throws InterruptedException {
        WorkerRig rig = new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), cluster.newPrefix(),
                Map.of(), plugin);
        opened.push(rig);
        return rig;
    }

    private WorkerInParts start(WorkerRig rig, WorkerInParts.Fault fault) {
        WorkerInParts parts = new WorkerInParts(rig, fault);
        opened.push(parts::close);
        return parts;
    }
}
