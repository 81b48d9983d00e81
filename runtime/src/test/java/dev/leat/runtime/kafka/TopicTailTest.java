package dev.leat.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;
import dev.leat.testkit.RestartableBroker;

@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(120)
class TopicTailTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final KafkaCluster cluster;
    private final KafkaClients clients;
    private final String topic;
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    TopicTailTest(KafkaCluster cluster) {
        this.cluster = cluster;
        String prefix = cluster.newPrefix();
        this.clients = new KafkaClients(TestSettings.of(cluster.bootstrapServers(), prefix));
        this.topic = prefix + "control";
    }

    @Test
    void shouldReadWhatIsThereAndThenWhatComes() throws Exception {
        create(clients, 2);
        send(clients, 0, "a", "b");
        send(clients, 1, "c");
        try (TopicTail tail = tail(clients); EndOffsets ends = new EndOffsets(clients, "test")) {
            tail.start();
            tail.start();
            tail.caughtUp().get();
            assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
            assertThat(tail.positions()).isEqualTo(Map.of(0, 2L, 1, 1L));

            send(clients, 1, "d");
            Map<Integer, Long> end = ends.of(topic, List.of(0, 1), LONG);

            assertThat(end).isEqualTo(Map.of(0, 2L, 1, 2L));
            assertThat(tail.awaitPosition(end, LONG)).isTrue();
            assertThat(seen).contains("d").hasSize(4);
            assertThat(tail.awaitPosition(Map.of(0, 3L), Duration.ofMillis(50))).isFalse();
            assertThat(tail.awaitPosition(Map.of(7, 1L), Duration.ZERO)).isFalse();
            assertThat(tail.awaitPosition(Map.of(), Duration.ZERO)).isTrue();
        }
    }

    @Test
    void shouldNotHaveCaughtUpBeforeTheLastRecord() throws Exception {
        create(clients, 1);
        send(clients, 0, "a", "b", "c");
        KafkaClients oneByOne = new KafkaClients(
                TestSettings.of(cluster.bootstrapServers(), "t.", "leat.kafka.max.poll.records", "1"));
        CompletableFuture<TopicTail> itself = new CompletableFuture<>();
        try (TopicTail tail = new TopicTail(oneByOne, topic,
                _ -> seen.add("caught up: " + itself.join().caughtUp().isDone()))) {
            itself.complete(tail);
            tail.start();
            tail.caughtUp().get();

            assertThat(seen).containsExactly("caught up: false", "caught up: false", "caught up: false");
        }
    }

    @Test
    void shouldCatchUpWithAnEmptyTopic() throws Exception {
        create(clients, 3);
        try (TopicTail tail = tail(clients)) {
            tail.start();
            tail.caughtUp().get();

            assertThat(tail.positions()).isEqualTo(Map.of(0, 0L, 1, 0L, 2, 0L));
        }
    }

    @Test
    void shouldPassOverAbortedAndWaitForOpenTransactions() throws Exception {
        create(clients, 1);
        Map<String, Object> properties = clients
                .producerProperties(new ProducerProfile("test", Duration.ZERO, Duration.ofSeconds(10)));
        properties.put("transactional.id", topic);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties);
                TopicTail tail = tail(clients);
                EndOffsets ends = new EndOffsets(clients, "test")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(value(0, "aborted")).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(value(0, "committed")).get();
            tail.start();
            tail.caughtUp().get();

            assertThat(seen).isEmpty();
            assertThat(ends.of(topic, Set.of(0), LONG)).isEqualTo(Map.of(0, 2L));
            assertThat(tail.awaitPosition(Map.of(0, 2L), LONG)).isTrue();

            producer.commitTransaction();
            assertThat(tail.awaitPosition(Map.of(0, 4L), LONG)).isTrue();
            assertThat(seen).containsExactly("committed");
            assertThat(ends.of(topic, Set.of(0), LONG)).isEqualTo(Map.of(0, 4L));
        }
    }

    @Test
    void shouldGoOnWhenTheHandlerThrows() throws Exception {
        create(clients, 1);
        send(clients, 0, "a", "b", "c");
        try (TopicTail tail = new TopicTail(clients, topic, rawRecord -> {
            if (rawRecord.offset() == 1) {
                throw new AssertionError("broken on purpose");
            }
            seen.add(text(rawRecord.value()));
        })) {
            tail.start();
            tail.caughtUp().get();

            assertThat(seen).containsExactly("a", "c");
            assertThat(tail.failures()).isEqualTo(1);
            assertThat(tail.positions()).isEqualTo(Map.of(0, 3L));
        }
    }

    @Test
    void shouldHandARecordAgainWhileSomethingThatItNeedsIsAway() throws Exception {
        create(clients, 1);
        send(clients, 0, "a", "b");
        CountDownLatch askedOften = new CountDownLatch(3);
        AtomicBoolean away = new AtomicBoolean(true);
        try (TopicTail tail = new TopicTail(clients, topic, rawRecord -> {
            if (rawRecord.offset() == 0 && away.get()) {
                askedOften.countDown();
                throw new RetriableException("away on purpose") {};
            }
            seen.add(text(rawRecord.value()));
        })) {
            tail.start();
            assertThat(askedOften.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(seen).isEmpty();
            assertThat(tail.positions()).doesNotContainEntry(0, 1L);

            away.set(false);
            tail.caughtUp().get();

            assertThat(seen).containsExactly("a", "b");
            assertThat(tail.failures()).isZero();
        }
    }

    @Test
    void shouldStopWhileSomethingIsAway() throws Exception {
        create(clients, 1);
        send(clients, 0, "a");
        CountDownLatch asked = new CountDownLatch(1);
        TopicTail tail = new TopicTail(clients, topic, _ -> {
            asked.countDown();
            throw new RetriableException("away on purpose") {};
        });
        tail.start();
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

        tail.close();

        assertThat(tail.caughtUp()).isCompletedExceptionally();
        assertThat(tail.failures()).isZero();
    }

    @Test
    void shouldWaitForATopicThatIsMadeLater() throws Exception {
        try (TopicTail tail = tail(clients)) {
            tail.start();
            assertThat(tail.caughtUp()).isNotDone();
            create(clients, 1);
            send(clients, 0, "a");

            assertThat(tail.awaitPosition(Map.of(0, 1L), LONG)).isTrue();
            assertThat(seen).containsExactly("a");
        }
    }

    @Test
    void shouldOutliveTheBroker() throws Exception {
        try (RestartableBroker broker = RestartableBroker.start()) {
            KafkaClients own = new KafkaClients(TestSettings.of(broker.bootstrapServers(), "t."));
            create(own, 1);
            send(own, 0, "a");
            try (TopicTail tail = tail(own); EndOffsets ends = new EndOffsets(own, "test")) {
                tail.start();
                tail.caughtUp().get();
                broker.stop();
                assertThatExceptionOfType(BrokerUnavailableException.class)
                        .isThrownBy(() -> ends.of(topic, Set.of(0), Duration.ofMillis(500)))
                        .withMessageContaining(topic + "[0] within 500 ms");
                broker.restart();
                send(own, 0, "b");

                assertThat(tail.awaitPosition(ends.of(topic, Set.of(0), LONG), LONG)).isTrue();
                assertThat(seen).containsExactly("a", "b");
            }
        }
    }

    @Test
    void shouldStartWithoutBrokerAndReadWhenItComes() throws Exception {
        try (RestartableBroker broker = RestartableBroker.start()) {
            KafkaClients own = new KafkaClients(TestSettings.of(broker.bootstrapServers(), "t."));
            create(own, 1);
            send(own, 0, "a");
            broker.stop();
            try (TopicTail tail = tail(own)) {
                tail.start();
                broker.restart();
                tail.caughtUp().get();

                assertThat(seen).containsExactly("a");
            }
        }
    }

    @Test
    void shouldGoOnAtTheBeginningOfWhatIsLeft() throws Exception {
        create(clients, 1);
        send(clients, 0, "a", "b", "c");
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        KafkaClients small = new KafkaClients(TestSettings.of(cluster.bootstrapServers(), "t.",
                "leat.kafka.max.poll.records", "1", "leat.kafka.max.partition.fetch.bytes", "1"));
        try (TopicTail tail = new TopicTail(small, topic, rawRecord -> {
            seen.add(text(rawRecord.value()));
            first.countDown();
            awaitQuietly(goOn);
        })) {
            tail.start();
            assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
            send(clients, 0, "d", "e");
            deleteBefore(4);
            goOn.countDown();

            assertThat(tail.awaitPosition(Map.of(0, 5L), LONG)).isTrue();
            assertThat(seen).startsWith("a").endsWith("e").doesNotContain("c", "d");
        }
    }

    @Test
    void shouldReadATopicThatWasMadeAgain() throws Exception {
        create(clients, 1);
        send(clients, 0, "a", "b", "c");
        CountDownLatch again = new CountDownLatch(1);
        try (TopicTail tail = new TopicTail(clients, topic, rawRecord -> {
            if (text(rawRecord.value()).equals("d")) {
                again.countDown();
            }
        })) {
            tail.start();
            tail.caughtUp().get();
            try (Admin admin = clients.admin("test")) {
                admin.deleteTopics(List.of(topic)).all().get();
            }
            create(clients, 1);
            send(clients, 0, "d");

            assertThat(again.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void shouldStopAtOnceAndOnlyOnce() throws Exception {
        create(clients, 1);
        TopicTail running = tail(clients);
        running.start();
        running.caughtUp().get();
        TopicTail waiting = new TopicTail(
                new KafkaClients(TestSettings.of("127.0.0.1:" + KafkaClientsTest.closedPort(), "t.")), topic, _ -> {});
        waiting.start();
        long start = System.nanoTime();
        running.close();
        running.close();
        waiting.close();
        tail(clients).close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(running.awaitPosition(Map.of(0, 1L), LONG)).isFalse();
        assertThat(waiting.caughtUp()).failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(CancellationException.class);
        running.start();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("leat-tail-" + topic));
    }

    private TopicTail tail(KafkaClients of) {
        return new TopicTail(of, topic, rawRecord -> seen.add(text(rawRecord.value())));
    }

    private void create(KafkaClients of, int partitions) throws Exception {
        try (Admin admin = of.admin("test")) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty()))).all().get();
        }
    }

    private void send(KafkaClients of, int partition, String... values) throws Exception {
        try (Producer<byte[], byte[]> producer = of
                .producer(new ProducerProfile("test", Duration.ZERO, Duration.ofSeconds(30)))) {
            for (String value : values) {
                producer.send(value(partition, value)).get();
            }
        }
    }

    private void deleteBefore(long offset) throws Exception {
        try (Admin admin = clients.admin("test")) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset))).all().get();
        }
    }

    private ProducerRecord<byte[], byte[]> value(int partition, String value) {
        return new ProducerRecord<>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
