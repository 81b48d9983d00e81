package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
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
import dev.leat.domain.LaneSchedule;
import dev.leat.domain.WorkerId;
import dev.leat.runtime.kafka.EndOffsets;
import dev.leat.runtime.kafka.TopicTail;
import dev.leat.schemas.Codecs;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;
import dev.leat.worker.claim.CancelBarrier;
import dev.leat.worker.claim.ClaimLoop;
import dev.leat.worker.claim.ClaimSetup;
import dev.leat.worker.claim.KnownJobs;
import dev.leat.worker.lease.LeaseWatch;
import dev.leat.worker.run.Attempts;
import dev.leat.worker.run.FactOutbox;
import dev.leat.worker.run.WantedEnds;

/**
 * What goes wrong between the started fact and the commit. A consumer stands between the loop and Kafka's real one and
 * fails at the first commit of a batch, in each way that a network and a group can.
 */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
class ClaimFaultsTest {

    /** What happens in the place of the first commit. */
    private interface Fault {
        void happen(Commit commit) throws Exception;
    }

    /** The commit as it would be. */
    private interface Commit {
        void run() throws Exception;
    }

    /** The worker's thread ends here, as if its process had. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final RecordingPlugin plugin = new RecordingPlugin("test");
    private final KafkaCluster cluster;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final LeaseWatch lease = new LeaseWatch(Duration.ofSeconds(10), nanos::get);
    private final WantedEnds ends = new WantedEnds();

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
        ClaimLoop dying = startLoop(rig, _ -> {
            throw new Death();
        });
        await().until(() -> commits.get() > 0);
        dying.stop();
        assertThat(plugin.starts()).isEmpty();
        assertThat(rig.facts(Fact.AttemptStarted.class)).isNotEmpty();
        assertThat(dying.slots().free()).isEqualTo(8);

        rig.startWorker();

        assertRunOnce(rig, jobs);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void shouldRunJobsWhoseCommitWasTakenButNotAnswered(GroupProtocol protocol) throws Exception {
        WorkerRig rig = rig(protocol);
        List<JobId> jobs = rig.submitAll(50, "test:noop", "{}", Lane.NORMAL);

        startLoop(rig, commit -> {
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

        startLoop(rig, _ -> {
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
        startLoop(rig, _ -> {
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

        startLoop(rig, commit -> {
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

        startLoop(rig, commit -> {
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
        assertThat(commits).hasPositiveValue();
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

    /** The parts of a worker that claim and run, with the fault in their consumer. */
    private ClaimLoop startLoop(WorkerRig rig, Fault fault) {
        Codecs codecs = rig.newCodecs();
        WorkerClients clients = new WorkerClients(rig.clients(), rig.settings(Map.of()), rig.topics().workers());
        FactOutbox outbox = new FactOutbox(clients.factProducer(), codecs.events(), rig.topics().events());
        opened.push(outbox);
        opened.push(lease);
        Attempts attempts = new Attempts(ends, lease, outbox, InstantSource.system(),
                new Attempts.Limits(Duration.ofSeconds(1), 1_000));
        lease.start(attempts::handBack);
        TopicTail control = new TopicTail(rig.clients(), rig.topics().control(), _ -> {});
        opened.push(control);
        control.start();
        CancelBarrier barrier = new CancelBarrier(new EndOffsets(rig.clients(), "test"), control,
                rig.topics().control(), WorkerRig.PARTITIONS);
        opened.push(barrier);
        Producer<byte[], byte[]> producer = clients.claimProducer();
        opened.push(() -> producer.close(Duration.ofSeconds(1)));
        ClaimLoop loop = new ClaimLoop(new ClaimSetup(new WorkerId("faulty"), 8, LaneSchedule.Policy.WEIGHTED,
                rig.topics(), codecs, rig.catalog(),
                new KnownJobs((job, attempt) -> ends.unwanted(job, attempt).isPresent(), (_, _) -> true), attempts,
                lease, barrier,
                new ClaimSetup.Clients(() -> faulty(clients.member(), fault), producer), InstantSource.system()));
        opened.push(loop::stop);
        loop.start();
        return loop;
    }

    @SuppressWarnings("unchecked") // A proxy for the interface that is given.
    private Consumer<byte[], byte[]> faulty(Consumer<byte[], byte[]> real, Fault fault) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(Consumer.class.getClassLoader(),
                new Class<?>[]{Consumer.class}, (_, method, arguments) -> {
                    if (method.getName().equals("commitSync") && commits.incrementAndGet() == 1) {
                        fault.happen(() -> call(real, method, arguments));
                        return null;
                    }
                    return call(real, method, arguments);
                });
    }

    private static @Nullable Object call(Consumer<byte[], byte[]> real, Method method,
            Object @Nullable [] arguments) throws Exception {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
