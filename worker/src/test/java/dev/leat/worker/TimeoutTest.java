package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.WorkerHeartbeat;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Attempts that take too long, and handlers that do not stop when they have to. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
class TimeoutTest {

    /** Within so many milliseconds a handler is running, on a busy machine too. */
    private static final int BEGUN = 1_000;

    private final RecordingPlugin plugin = new RecordingPlugin("test");
    private final KafkaCluster cluster;

    TimeoutTest(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void shouldStopAttemptThatTakesTooLong() throws InterruptedException {
        try (WorkerRig rig = rig(8)) {
            rig.startWorker();

            JobId job = rig.submit("test:wait", timeout(BEGUN));

            Job late = rig.awaitJob(job, ended -> ended.state() == JobState.RETRYING);
            assertThat(plugin.interrupted()).containsEntry(job, true);
            assertThat(late.attempts().spent()).isEqualTo(1);
            assertThat(timedOut(rig, job).error().code()).isEqualTo("timed-out");
            assertThat(timedOut(rig, job).error().message()).contains("PT1S");
            assertThat(timedOut(rig, job).error().stackTrace()).contains("InterruptedException");
        }
    }

    @Test
    void shouldTimeOutForGoodAtTheLastTry() throws InterruptedException {
        try (WorkerRig rig = rig(8)) {
            rig.startWorker();

            JobId job = rig.submit("test:wait",
                    new PolicyOverrides(Optional.of(1), Optional.empty(), Optional.of(Duration.ofMillis(100)),
                            Optional.empty()));

            rig.awaitJob(job, ended -> ended.state() == JobState.TIMED_OUT);
        }
    }

    @Test
    void shouldTakeTheResultOfHandlerThatHurriesWhenItIsTold() throws InterruptedException {
        try (WorkerRig rig = rig(8)) {
            rig.startWorker();

            JobId job = rig.submit("test:finish", timeout(BEGUN));

            rig.awaitJob(job, ended -> ended.state() == JobState.COMPLETED);
            assertThat(plugin.interrupted()).containsKey(job);
        }
    }

    @Test
    void shouldGoOnWithoutHandlerThatDoesNotStopAndCountItsSlotAsLost() throws InterruptedException {
        try (WorkerRig rig = rig(2)) {
            Worker worker = rig.startWorker();
            JobId job = rig.submit("test:deaf", timeout(BEGUN));

            rig.awaitJob(job, ended -> ended.state() == JobState.RETRYING);

            assertThat(timedOut(rig, job).error().stackTrace()).contains("RecordingPlugin.ignoreInterrupts");
            await().until(() -> rig.heartbeat(worker).map(WorkerHeartbeat::lostSlots).equals(Optional.of(1)));
            assertThat(rig.heartbeat(worker).map(WorkerHeartbeat::freeSlots)).hasValue(1);
            assertThat(worker.lostSlots()).isEqualTo(1);
            assertThat(worker.isLive()).isTrue();

            JobId other = rig.submit("test:deaf", timeout(BEGUN));
            rig.awaitJob(other, ended -> ended.state() == JobState.RETRYING);
            await().until(() -> !worker.isLive());

            plugin.openGate();
            await().until(() -> worker.lostSlots() == 0 && worker.isLive());
            await().until(() -> rig.heartbeat(worker).map(WorkerHeartbeat::freeSlots).equals(Optional.of(2)));
            JobId last = rig.submit("test:noop", "{}", Lane.NORMAL);
            rig.awaitJob(last, ended -> ended.state() == JobState.COMPLETED);
            assertThat(List.of(job, other)).allSatisfy(late -> assertThat(rig.facts(late))
                    .hasExactlyElementsOfTypes(Fact.AttemptStarted.class, Fact.AttemptTimedOut.class));
        }
    }

    @Test
    void shouldCancelJobWhoseHandlerDoesNotStopOnceItsGraceIsOver() throws InterruptedException {
        try (WorkerRig rig = rig(8)) {
            Worker worker = rig.startWorker();
            JobId job = rig.submit("test:deaf", "{}", Lane.NORMAL);
            await().until(() -> plugin.starts().containsKey(job));

            rig.cancel(job);

            rig.awaitJob(job, ended -> ended.state() == JobState.CANCELLED);
            assertThat(plugin.interrupted()).containsKey(job);
            assertThat(worker.lostSlots()).isEqualTo(1);
        }
    }

    private static PolicyOverrides timeout(int millis) {
        return new PolicyOverrides(Optional.empty(), Optional.empty(), Optional.of(Duration.ofMillis(millis)),
                Optional.empty());
    }

    private static Fact.AttemptTimedOut timedOut(WorkerRig rig, JobId job) {
        return (Fact.AttemptTimedOut) rig.facts(job).getLast();
    }

    private WorkerRig rig(int slots) throws InterruptedException {
        Map<String, String> options = new HashMap<>(Map.of("leat.worker.grace", "300ms",
                "leat.worker.heartbeat.interval", "100ms", "leat.worker.drain.timeout", "1s"));
        options.put("leat.worker.slots", Integer.toString(slots));
        return new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), cluster.newPrefix(), options,
                plugin);
    }
}
