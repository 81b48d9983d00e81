package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Lane;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/**
 * What goes wrong between the started fact and the commit. A consumer stands between the loop and Kafka's real one and
 * fails at the first commit of a batch, in each way that a network and a group can.
 */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
class ClaimFaultsTest {

    /** The worker's thread ends here, as if its process had. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final RecordingPlugin plugin = new RecordingPlugin("test");
    private final KafkaCluster cluster;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<WorkerInParts> started = new ArrayList<>();

    ClaimFaultsTest(KafkaCluster cluster) {
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
    void shouldRunJobsElsewhereOfWorkerThatDiedBeforeItsCommit(GroupProtocol protocol) throws Exception {
        WorkerRig rig = rig(protocol);
        List<JobId> jobs = rig.submitAll(50, "test:noop", "{}", Lane.NORMAL);
        WorkerInParts dying = start(rig, (_, _) -> {
            throw new Death();
        });
        await().until(() -> dying.commits() > 0);
        dying.loop().stop();
        assertThat(plugin.starts()).isEmpty();
        assertThat(rig.facts(Fact.AttemptStarted.class)).isNotEmpty();
        assertThat(dying.loop().slots().free()).isEqualTo(8);

        rig.startWorker();

        assertRunOnce(rig, jobs);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void shouldRunJobsWhoseCommitWasTakenButNotAnswered(GroupProtocol protocol) throws Exception {
        WorkerRig rig = rig(protocol);
        List<JobId> jobs = rig.submitAll(50, "test:noop", "{}", Lane.NORMAL);

        start(rig, (_, commit) -> {
            commit.run();
            throw new TimeoutException("lost on its way back");
        });

        assertRunOnce(rig, jobs);
        assertThat(rig.facts(Fact.ClaimAbandoned.class)).isEmpty();
        assertThat(rig.facts(Fact.AttemptStarted.class)).hasSize(50);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void shouldCommitAgainWhatNeverReachedTheGroup(GroupProtocol protocol) throws Exception {
        WorkerRig rig = rig(protocol);
        List<JobId> jobs = rig.submitAll(50, "test:noop", "{}", Lane.NORMAL);

        start(rig, (_, _) -> {
            throw new TimeoutException("lost on its way there");
        });

        assertRunOnce(rig, jobs);
        assertThat(rig.facts(Fact.ClaimAbandoned.class)).isEmpty();
        assertThat(rig.facts(Fact.AttemptStarted.class)).hasSize(50);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void shouldAbandonWhatAnotherWorkerGetsWhileTheCommitIsInDoubt(GroupProtocol protocol) throws Exception {
        WorkerRig rig = rig(protocol);
        List<JobId> jobs = rig.submitAll(50, "test:noop", "{}", Lane.NORMAL);

        Thread joining = Thread.ofPlatform().unstarted(() -> startWorker(rig));
        start(rig, (_, _) -> {
            joining.start();
            await("another member").until(() -> members(rig) == 2);
            throw new TimeoutException("lost on its way there");
        });

        assertRunOnce(rig, jobs);
        joining.join();
    }

    @Test
    void shouldAbandonClaimsOfMemberThatWasExpelledBeforeItsCommit() throws Exception {
        WorkerRig rig = rig(GroupProtocol.CLASSIC);
        List<JobId> jobs = rig.submitAll(50, "test:noop", "{}", Lane.NORMAL);

        start(rig, (_, commit) -> {
            expelAll(rig);
            commit.run();
        });

        assertRunOnce(rig, jobs);
        assertThat(rig.facts(Fact.ClaimAbandoned.class)).isNotEmpty();
    }

    @Test
    void shouldRunJobsOfMemberThatWasExpelledAfterItsCommitHadBeenTaken() throws Exception {
        WorkerRig rig = rig(GroupProtocol.CLASSIC);
        List<JobId> jobs = rig.submitAll(50, "test:noop", "{}", Lane.NORMAL);

        start(rig, (_, commit) -> {
            commit.run();
            expelAll(rig);
            rig.startWorker();
            rig.awaitAllCommitted();
            throw new TimeoutException("lost on its way back");
        });

        assertRunOnce(rig, jobs);
        // Its first batch was its own; what it took later, not knowing yet that it had been expelled, was not.
        assertThat(rig.facts(Fact.AttemptSucceeded.class)).extracting(Fact.AttemptSucceeded::claim)
                .contains(firstClaims());
        assertThat(rig.facts(Fact.ClaimAbandoned.class)).extracting(Fact.ClaimAbandoned::claim)
                .doesNotContain(firstClaims());
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void shouldLeaveToTheProjectorWhatItMayHaveWonWhenItsSessionFails(GroupProtocol protocol) throws Exception {
        WorkerRig rig = rig(protocol);
        List<JobId> jobs = rig.submitAll(3, "test:noop", "{}", Lane.NORMAL);

        WorkerInParts parts = start(rig, (_, commit) -> {
            commit.run();
            throw new Death();
        });

        rig.awaitAllCommitted();
        await().until(() -> parts.loop().slots().free() == 8);
        await().until(() -> jobs.stream().allMatch(job -> rig.job(job).state() == JobState.COMPLETED
                || rig.facts(job).getLast() instanceof Fact.ClaimDoubted));
        assertThat(rig.facts(Fact.ClaimDoubted.class)).isNotEmpty();
        assertThat(jobs).allSatisfy(job -> assertThat(plugin.starts().containsKey(job))
                .isEqualTo(rig.job(job).state() == JobState.COMPLETED));
    }

    private static ClaimId[] firstClaims() {
        return IntStream.rangeClosed(1, 8).mapToObj(number -> new ClaimId("faulty/" + number)).toArray(ClaimId[]::new);
    }

    private static void startWorker(WorkerRig rig) {
        try {
            rig.startWorker();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int members(WorkerRig rig) throws Exception {
        return rig.admin()
                .describeConsumerGroups(List.of(rig.topics().workers()))
                .all()
                .get()
                .values()
                .stream()
                .mapToInt(group -> group.members().size())
                .sum();
    }

    private void assertRunOnce(WorkerRig rig, List<JobId> jobs) {
        rig.awaitAll(jobs, JobState.COMPLETED);
        rig.awaitAllCommitted();
        assertThat(started).allSatisfy(parts -> assertThat(parts.commits()).isPositive());
        assertThat(plugin.starts()).containsOnlyKeys(jobs).allSatisfy((_, starts) -> assertThat(starts).isOne());
    }

    private static void expelAll(WorkerRig rig) throws Exception {
        rig.admin()
                .removeMembersFromConsumerGroup(rig.topics().workers(), new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
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
        started.add(parts);
        return parts;
    }
}
