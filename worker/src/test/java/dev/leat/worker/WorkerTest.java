package dev.leat.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Lane;
import dev.leat.domain.PluginDescriptor;
import dev.leat.domain.WorkerHeartbeat;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class WorkerTest {

    private final KafkaCluster cluster;
    private final RecordingPlugin plugin = new RecordingPlugin("test");

    WorkerTest(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void shouldRunEachJobOnceToItsEnd(GroupProtocol protocol) throws InterruptedException {
        try (WorkerRig rig = rig(protocol, Map.of(), plugin)) {
            rig.startWorker();

            List<JobId> jobs = rig.submitAll(300, "test:noop", "{}", Lane.NORMAL);

            rig.awaitAll(jobs, JobState.COMPLETED);
            rig.awaitAllCommitted();
            assertThat(plugin.starts()).containsOnlyKeys(jobs).allSatisfy((_, starts) -> assertThat(starts).isOne());
            assertThat(rig.facts(jobs.getFirst())).hasExactlyElementsOfTypes(Fact.AttemptStarted.class,
                    Fact.AttemptSucceeded.class);
        }
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void shouldRunEachJobOnceWhileWorkersComeAndGo(GroupProtocol protocol) throws InterruptedException {
        try (WorkerRig rig = rig(protocol, Map.of(), plugin)) {
            Worker first = rig.startWorker();
            List<JobId> jobs = new ArrayList<>(submit(rig, 500));
            rig.startWorker();
            jobs.addAll(submit(rig, 500));
            await().until(() -> plugin.starts().size() > 700);
            first.stop();
            jobs.addAll(submit(rig, 500));
            rig.startWorker();
            jobs.addAll(submit(rig, 500));
            await("work for the third").until(() -> {
                jobs.addAll(submit(rig, 20));
                return rig.facts(Fact.AttemptStarted.class).stream().map(Fact.AttemptStarted::worker).distinct()
                        .count() == 3;
            });

            rig.awaitAll(jobs, JobState.COMPLETED);
            rig.awaitAllCommitted();
            assertThat(plugin.starts()).hasSize(jobs.size()).allSatisfy((_, starts) -> assertThat(starts).isOne());
        }
    }

    private static List<JobId> submit(WorkerRig rig, int count) {
        return rig.submitAll(count, "test:sleep", "{\"millis\":20}", Lane.NORMAL);
    }

    @Test
    void shouldKeepPluginToItsOwnSlots() throws InterruptedException {
        RecordingPlugin limited = new RecordingPlugin("limited", OptionalInt.of(2));
        try (WorkerRig rig = rig(GroupProtocol.CONSUMER, Map.of(), limited, plugin)) {
            rig.startWorker();
            rig.submitAll(20, "limited:gate", "{}", Lane.HIGH);
            await().until(() -> limited.starts().size() == 2);

            List<JobId> others = rig.submitAll(50, "test:noop", "{}", Lane.LOW);

            rig.awaitAll(others, JobState.COMPLETED);
            assertThat(limited.starts()).hasSize(2);
            limited.openGate();
            await().until(() -> limited.starts().size() == 20);
        }
    }

    @Test
    void shouldTakeLanesByWeightWhileAllAreFull() throws InterruptedException {
        try (WorkerRig rig = rig(GroupProtocol.CONSUMER, Map.of("leat.worker.slots", "1"), plugin)) {
            List<JobId> high = rig.submitAll(120, "test:noop", "{}", Lane.HIGH);
            List<JobId> normal = rig.submitAll(120, "test:noop", "{}", Lane.NORMAL);
            List<JobId> low = rig.submitAll(120, "test:noop", "{}", Lane.LOW);
            rig.startWorker();

            Stream.of(high, normal, low).forEach(jobs -> rig.awaitAll(jobs, JobState.COMPLETED));

            // The lanes come into sight one after the other; from then on and until the first is empty, weights show.
            List<JobId> order = plugin.inOrder();
            int start = Math.max(order.indexOf(first(order, normal)), order.indexOf(first(order, low)));
            List<JobId> taken = order.subList(start + 1, start + 64);
            assertThat(taken.stream().filter(high::contains).count()).isBetween(47L, 49L);
            assertThat(taken.stream().filter(normal::contains).count()).isBetween(11L, 13L);
            assertThat(taken.stream().filter(low::contains).count()).isBetween(2L, 4L);
        }
    }

    private static JobId first(List<JobId> order, List<JobId> jobs) {
        return order.stream().filter(new HashSet<>(jobs)::contains).findFirst().orElseThrow();
    }

    @Test
    void shouldAnnounceItselfAndItsPluginsAndSayGoodbye() throws InterruptedException {
        try (WorkerRig rig = rig(GroupProtocol.CONSUMER, Map.of("leat.worker.heartbeat.interval", "100ms"), plugin)) {
            Map<String, Optional<WorkerHeartbeat>> beats = new ConcurrentHashMap<>();
            Map<String, PluginDescriptor> descriptors = new ConcurrentHashMap<>();
            rig.tail(rig.topics().workers(), beat -> beats.put(new String(beat.key(), UTF_8), beat.value() == null
                    ? Optional.empty()
                    : rig.codecs().heartbeats().decode(beat.topic(), beat.value())));
            rig.tail(rig.topics().plugins(), descriptor -> descriptors.put(new String(descriptor.key(), UTF_8),
                    rig.codecs().plugins().decode(descriptor.topic(), descriptor.value()).orElseThrow()));

            Worker worker = rig.startWorker();

            String id = worker.id().value();
            await().until(() -> Optional.ofNullable(beats.get(id))
                    .flatMap(beat -> beat)
                    .filter(beat -> beat.sequence() > 3 && beat.freeSlots() == 8)
                    .isPresent());
            assertThat(beats.get(id)).hasValueSatisfying(beat -> {
                assertThat(beat.plugins()).containsExactly("test");
                assertThat(beat.slots()).isEqualTo(8);
                assertThat(beat.lostSlots()).isZero();
                assertThat(beat.draining()).isFalse();
                assertThat(beat.lease()).isEqualTo(Duration.ofSeconds(10));
            });
            await().until(() -> descriptors.containsKey("test"));
            assertThat(descriptors.get("test")).isEqualTo(rig.catalog().descriptors().getFirst());
            rig.submitAll(3, "test:gate", "{}", Lane.NORMAL);
            await().until(() -> Optional.ofNullable(beats.get(id))
                    .flatMap(beat -> beat)
                    .filter(beat -> beat.freeSlots() == 5)
                    .isPresent());

            Thread stop = Thread.ofVirtual().start(worker::stop);

            await().until(() -> Optional.ofNullable(beats.get(id))
                    .flatMap(beat -> beat)
                    .filter(WorkerHeartbeat::draining)
                    .isPresent());
            plugin.openGate();
            stop.join();
            await().until(() -> Optional.<WorkerHeartbeat>empty().equals(beats.get(id)));
        }
    }

    @Test
    void shouldLetRunningJobsFinishWhenItStopsAndHandBackThoseThatDoNot() throws InterruptedException {
        try (WorkerRig rig = rig(GroupProtocol.CONSUMER,
                Map.of("leat.worker.drain.timeout", "2s", "leat.worker.grace", "500ms"), plugin)) {
            Worker worker = rig.startWorker();
            JobId shortOne = rig.submit("test:sleep", "{\"millis\":1000}", Lane.NORMAL);
            JobId longOne = rig.submit("test:wait", "{}", Lane.NORMAL);
            JobId deafOne = rig.submit("test:deaf", "{}", Lane.NORMAL);
            await().until(() -> plugin.starts().size() == 3);

            worker.stop();

            assertThat(worker.isReady()).isFalse();
            assertThat(rig.awaitJob(shortOne, job -> job.state().isTerminal()).state()).isEqualTo(JobState.COMPLETED);
            Job handedBack = rig.awaitJob(longOne, job -> job.state() == JobState.RETRYING);
            assertThat(handedBack.attempts().spent()).isZero();
            assertThat(rig.facts(longOne).getLast()).isInstanceOfSatisfying(Fact.AttemptReleased.class,
                    released -> assertThat(released.why().code()).isEqualTo("worker-stopped"));
            assertThat(plugin.interrupted()).containsOnlyKeys(longOne, deafOne);
            // Only its lease tells when the job of the deaf handler may go on elsewhere.
            assertThat(rig.facts(deafOne)).hasExactlyElementsOfTypes(Fact.AttemptStarted.class);
            assertThat(rig.hasSaidGoodbye(worker)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void shouldHandBackWhatDoesNotFinishAndSayGoodbyeWhenNothingIsHeld(GroupProtocol protocol)
            throws InterruptedException {
        try (WorkerRig rig = rig(protocol, Map.of("leat.worker.drain.timeout", "0s"), plugin)) {
            Worker worker = rig.startWorker();
            List<JobId> jobs = rig.submitAll(5, "test:wait", "{}", Lane.NORMAL);
            await().until(() -> plugin.starts().size() == 5 && rig.heartbeat(worker).isPresent());

            worker.stop();

            rig.awaitAll(jobs, JobState.RETRYING);
            assertThat(rig.hasSaidGoodbye(worker)).isTrue();
        }
    }

    @Test
    void shouldClaimNothingMoreOnceItStops() throws InterruptedException {
        try (WorkerRig rig = rig(GroupProtocol.CONSUMER, Map.of("leat.worker.slots", "1"), plugin)) {
            Worker worker = rig.startWorker();
            JobId running = rig.submit("test:sleep", "{\"millis\":1500}", Lane.NORMAL);
            await().until(() -> plugin.starts().size() == 1);
            JobId queued = rig.submit("test:noop", "{}", Lane.NORMAL);

            worker.stop();
            worker.stop();

            rig.awaitJob(running, job -> job.state() == JobState.COMPLETED);
            assertThat(plugin.starts()).containsOnlyKeys(running);
            rig.startWorker();
            rig.awaitJob(queued, job -> job.state() == JobState.COMPLETED);
        }
    }

    private WorkerRig rig(GroupProtocol protocol, Map<String, String> options, RecordingPlugin... plugins)
            throws InterruptedException {
        Map<String, String> all = new HashMap<>(options);
        all.put("leat.worker.group.protocol", protocol.name().toLowerCase(Locale.ROOT));
        return new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), cluster.newPrefix(), all,
                plugins);
    }
}
