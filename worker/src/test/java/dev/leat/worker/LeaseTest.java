package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Lane;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;
import dev.leat.testkit.RestartableBroker;

/** A worker that cannot be sure that others take it for alive. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
class LeaseTest {

    private static final Duration MOST_OF_THE_LEASE = Duration.ofSeconds(7);

    private final RecordingPlugin plugin = new RecordingPlugin("test");
    private final KafkaCluster cluster;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    LeaseTest(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void close() throws Exception {
        plugin.openGate();
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void shouldHandBackItsJobsWhileKafkaIsAwayAndGoOnAfterThat(GroupProtocol protocol) throws Exception {
        try (RestartableBroker broker = RestartableBroker.start();
                WorkerRig rig = new WorkerRig(broker.bootstrapServers(), cluster.schemaRegistryUrl(), "lease.",
                        Map.of("leat.worker.group.protocol", protocol.name().toLowerCase(Locale.ROOT),
                                "leat.worker.lease", "2s", "leat.worker.heartbeat.interval", "200ms"),
                        plugin)) {
            rig.startWorker();
            JobId job = rig.submit("test:wait", "{}", Lane.NORMAL);
            await().until(() -> plugin.starts().containsKey(job));

            broker.stop();

            await("self-stop").until(() -> plugin.interrupted().containsKey(job));
            broker.restart();
            Job handedBack = rig.awaitJob(job, ended -> ended.state() == JobState.RETRYING);
            assertThat(handedBack.attempts().spent()).isZero();
            assertThat(rig.facts(job).getLast()).isInstanceOfSatisfying(Fact.AttemptReleased.class,
                    released -> assertThat(released.why().code()).isEqualTo("lease-doubted"));
            JobId next = rig.submit("test:noop", "{}", Lane.NORMAL);
            rig.awaitJob(next, ended -> ended.state() == JobState.COMPLETED);
        }
    }

    @Test
    void shouldStopAttemptsBeforeItTakesAnAcknowledgementThatComesTooLate() throws Exception {
        WorkerRig rig = rig(GroupProtocol.CONSUMER);
        WorkerInParts worker = start(rig, (_, commit) -> commit.run());
        JobId job = rig.submit("test:wait", "{}", Lane.NORMAL);
        await().until(() -> plugin.starts().containsKey(job));

        worker.pass(MOST_OF_THE_LEASE);
        worker.beat();

        rig.awaitJob(job, ended -> ended.state() == JobState.RETRYING);
        JobId next = rig.submit("test:noop", "{}", Lane.NORMAL);
        rig.awaitJob(next, ended -> ended.state() == JobState.COMPLETED);
    }

    @Test
    void shouldSayNothingOfJobThatItsHandlerStillRuns() throws Exception {
        WorkerRig rig = rig(GroupProtocol.CONSUMER);
        WorkerInParts worker = start(rig, (_, commit) -> commit.run());
        JobId deaf = rig.submit("test:deaf", "{}", Lane.NORMAL);
        await().until(() -> plugin.starts().containsKey(deaf));

        worker.pass(MOST_OF_THE_LEASE);
        worker.beat();

        await("the end of the grace").until(() -> worker.attempts().lost() == 1);
        assertThat(worker.attempts().count()).isEqualTo(1);
        plugin.openGate();
        rig.awaitJob(deaf, ended -> ended.state() == JobState.COMPLETED);
        assertThat(rig.facts(deaf)).hasExactlyElementsOfTypes(Fact.AttemptStarted.class, Fact.AttemptSucceeded.class);
        await().until(() -> worker.attempts().lost() == 0);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void shouldNotRunWhatItWonWhileItWasNotSure(GroupProtocol protocol) throws Exception {
        WorkerRig rig = rig(protocol);
        List<JobId> jobs = rig.submitAll(3, "test:noop", "{}", Lane.NORMAL);

        start(rig, (worker, commit) -> {
            commit.run();
            worker.pass(MOST_OF_THE_LEASE);
            // Nobody looks at the lease before it is sure again.
            worker.beat();
        });

        rig.awaitAllCommitted();
        await().until(() -> jobs.stream().allMatch(job -> rig.job(job).state() == JobState.COMPLETED
                || rig.job(job).state() == JobState.RETRYING));
        assertThat(rig.facts(Fact.AttemptReleased.class)).isNotEmpty();
        assertThat(jobs).allSatisfy(job -> assertThat(plugin.starts().containsKey(job))
                .isEqualTo(rig.job(job).state() == JobState.COMPLETED));
    }

    @Test
    void shouldCommitNothingWhileItIsNotSure() throws Exception {
        WorkerRig rig = rig(GroupProtocol.CONSUMER);
        JobId job = rig.submit("test:noop", "{}", Lane.NORMAL);
        WorkerInParts worker = start(rig, (parts, _) -> {
            parts.pass(MOST_OF_THE_LEASE);
            throw new TimeoutException("lost on its way there");
        });
        await().until(() -> worker.commits() == 1);
        int polls = worker.polls();
        await("time to commit again").until(() -> worker.polls() > polls + 5);
        assertThat(worker.commits()).isEqualTo(1);

        worker.beat();

        rig.awaitJob(job, ended -> ended.state() == JobState.RETRYING);
        assertThat(worker.commits()).isEqualTo(2);
        assertThat(plugin.starts()).isEmpty();
        assertThat(rig.facts(job)).hasExactlyElementsOfTypes(Fact.AttemptStarted.class, Fact.AttemptReleased.class);
    }

    @Test
    void shouldClaimNothingWhileItIsNotSure() throws Exception {
        WorkerRig rig = rig(GroupProtocol.CONSUMER);
        WorkerInParts worker = start(rig, (_, commit) -> commit.run());
        await().until(() -> worker.loop().isJoined());
        worker.pass(MOST_OF_THE_LEASE);
        JobId job = rig.submit("test:noop", "{}", Lane.NORMAL);
        int polls = worker.polls();
        await("time to claim").until(() -> worker.polls() > polls + 5);
        assertThat(rig.facts(job)).isEmpty();

        worker.beat();

        rig.awaitJob(job, ended -> ended.state() == JobState.COMPLETED);
    }

    private WorkerRig rig(GroupProtocol protocol) throws InterruptedException {
        WorkerRig rig = new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), cluster.newPrefix(),
                Map.of("leat.worker.group.protocol", protocol.name().toLowerCase(Locale.ROOT)), plugin);
        opened.push(rig);
        return rig;
    }

    private WorkerInParts start(WorkerRig rig, WorkerInParts.Fault fault) {
        WorkerInParts parts = new WorkerInParts(rig, fault);
        opened.push(parts::close);
        return parts;
    }
}
