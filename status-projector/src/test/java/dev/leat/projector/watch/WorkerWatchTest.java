package dev.leat.projector.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.WorkerId;
import dev.leat.projector.FramedAvro;
import dev.leat.projector.Samples;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.ProducerProfile;
import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.testkit.RestartableBroker;

/** With a broker of its own, as it goes away. */
@Tag("broker")
@Timeout(120)
class WorkerWatchTest {

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final RestartableBroker broker = RestartableBroker.start();
    private final KafkaClients clients = new KafkaClients(Settings.of(OptionCatalog.of(ServiceOptions.class),
            Map.of("leat.bootstrap.servers", broker.bootstrapServers())));
    private final Topics topics = new Topics("t.");
    private final FramedAvro avro = new FramedAvro();
    private final Codecs codecs = avro.codecs(topics);
    private final Producer<byte[], byte[]> producer = clients
            .producer(new ProducerProfile("test", Duration.ZERO, Duration.ofSeconds(20)));
    private final WorkerWatch watch = new WorkerWatch(clients, topics, codecs.heartbeats(), 1);

    @BeforeEach
    void makeTopic() throws Exception {
        try (Admin admin = clients.admin("test")) {
            admin.createTopics(List.of(new NewTopic(topics.workers(), Optional.of(1), Optional.empty()))).all().get();
        }
    }

    @AfterEach
    void close() {
        watch.close();
        producer.close(Duration.ZERO);
        broker.close();
    }

    private void beat(WorkerId worker) {
        write(worker, beatOf(worker));
    }

    private byte[] beatOf(WorkerId worker) {
        return codecs.heartbeats().encode(topics.workers(), new WorkerHeartbeat(worker, 1, Samples.NOW, Samples.NOW,
                "host", "1", List.of("demo"), 8, 8, 0, List.of(), LEASE));
    }

    private void goodbye(WorkerId worker) {
        write(worker, null);
    }

    private void write(WorkerId worker, byte @Nullable [] value) {
        try {
            assertThat(producer.send(new ProducerRecord<>(topics.workers(),
                    worker.value().getBytes(StandardCharsets.UTF_8), value)).get().offset()).isNotNegative();
        } catch (Exception e) {
            throw new IllegalStateException("Expected to write a heartbeat, but " + e, e);
        }
    }

    private void awaitLost(WorkerId worker) {
        await().atMost(SOON).until(() -> watch.isLost(worker));
    }

    @Test
    void shouldTakeSilentWorkerForLostAfterItsLeaseAndNotBefore() {
        watch.start();
        beat(Samples.WORKER);
        long start = System.nanoTime();

        awaitLost(Samples.WORKER);

        // A lease begins with the last proof before the beat.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(LEASE.minusSeconds(1));
        beat(Samples.WORKER);
        await().atMost(SOON).until(() -> !watch.isLost(Samples.WORKER));
    }

    @Test
    void shouldTakeWorkerThatSaidGoodbyeForLostAtOnce() {
        beat(Samples.WORKER);
        beat(new WorkerId("other"));
        watch.start();
        goodbye(Samples.WORKER);

        awaitLost(Samples.WORKER);

        assertThat(watch.isLost(new WorkerId("other"))).isFalse();
    }

    @Test
    void shouldGiveWorkerOfAnOldBeatALeaseAtTheStart() {
        beat(Samples.WORKER);
        long start = System.nanoTime();
        watch.start();

        awaitLost(Samples.WORKER);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(LEASE.minusSeconds(1));
    }

    @Test
    void shouldTakeNobodyForLostBeforeAllBeatsAreRead() {
        goodbye(Samples.WORKER);

        assertThat(watch.isLost(Samples.WORKER)).isFalse();
    }

    @Test
    void shouldHoldTimeWithoutBrokerAgainstNobody() {
        WorkerId gone = new WorkerId("gone");
        goodbye(gone);
        watch.start();
        awaitLost(gone);
        beat(Samples.WORKER);

        broker.stop();
        // What is known is too old to act on, even about one who has said goodbye.
        await().atMost(SOON).until(() -> !watch.isLost(gone));
        long start = System.nanoTime();
        await().atMost(SOON).until(() -> System.nanoTime() - start > LEASE.plusSeconds(2).toNanos());
        broker.restart();
        awaitLost(gone);

        assertThat(watch.isLost(Samples.WORKER)).isFalse();
        awaitLost(Samples.WORKER);
    }

    @Test
    void shouldHoldTimeInWhichBeatsCannotBeReadAgainstNobody() {
        WorkerId gone = new WorkerId("gone");
        goodbye(gone);
        watch.start();
        awaitLost(gone);
        byte[] beat = beatOf(Samples.WORKER);
        write(Samples.WORKER, beat);

        avro.takeRegistryAway(Integer.MAX_VALUE);
        write(Samples.WORKER, beat);
        await().atMost(SOON).until(() -> !watch.isLost(gone));
        await().during(LEASE.plusSeconds(2)).atMost(SOON).until(() -> !watch.isLost(Samples.WORKER));
        avro.takeRegistryAway(0);
        awaitLost(gone);

        assertThat(watch.isLost(Samples.WORKER)).isFalse();
        awaitLost(Samples.WORKER);
    }

    @Test
    void shouldGiveALeaseToLostWorkerThatMakesAClaim() {
        watch.start();
        beat(Samples.WORKER);
        awaitLost(Samples.WORKER);

        watch.claimed(Samples.WORKER);

        assertThat(watch.isLost(Samples.WORKER)).isFalse();
    }

    @Test
    void shouldPassOverGarbage() {
        write(new WorkerId("garbage"), new byte[]{1, 2, 3});
        goodbye(Samples.WORKER);
        watch.start();

        awaitLost(Samples.WORKER);
    }
}
