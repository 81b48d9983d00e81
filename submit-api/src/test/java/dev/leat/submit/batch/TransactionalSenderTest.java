package dev.leat.submit.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.ProducerProfile;
import dev.leat.runtime.kafka.TopicProvisioner;
import dev.leat.runtime.kafka.TopicTail;
import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Topics;
import dev.leat.submit.submission.SendFailedException;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** What a reader of committed records sees of a batch whose writer does not get to the end, on a real broker. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
class TransactionalSenderTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int OPERATIONS = 50;
    /** So short that nobody has to wait for the broker to give a dead writer up. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 2_000;

    private final KafkaClients clients;
    private final String topic;
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final TopicTail tail;

    /** A writer that does something before it commits. */
    private static final class Interrupted extends KafkaProducer<byte[], byte[]> {

        private final Runnable beforeCommit;

        Interrupted(Map<String, Object> properties, Runnable beforeCommit) {
            super(properties);
            this.beforeCommit = beforeCommit;
        }

        @Override
        public void commitTransaction() {
            beforeCommit.run();
            super.commitTransaction();
        }
    }

    /** A writer that commits and does not hear of it. */
    private static final class Deaf extends KafkaProducer<byte[], byte[]> {

        private boolean answerLost;

        Deaf(Map<String, Object> properties) {
            super(properties);
        }

        @Override
        public void commitTransaction() {
            super.commitTransaction();
            if (!answerLost) {
                answerLost = true;
                throw new TimeoutException("The answer to the commit is lost");
            }
        }
    }

    TransactionalSenderTest(KafkaCluster cluster) throws InterruptedException {
        Settings settings = Settings.of(OptionCatalog.of(ServiceOptions.class), Map.of(
                "leat.bootstrap.servers", cluster.bootstrapServers(), "leat.topic.prefix", cluster.newPrefix(),
                "leat.partitions", "1"));
        clients = new KafkaClients(settings);
        topic = new Topics(settings.get(ServiceOptions.TOPIC_PREFIX)).batches();
        var _ = new TopicProvisioner(clients, settings).provision(List.of());
        tail = new TopicTail(clients, topic, source -> seen.add(new String(source.key(), UTF_8)));
    }

    @BeforeEach
    void read() {
        tail.start();
    }

    @AfterEach
    void close() {
        tail.close();
    }

    private Map<String, Object> properties(String transactionalId) {
        Map<String, Object> properties = clients.producerProperties(
                new ProducerProfile("test-batches", Duration.ofMillis(5), Duration.ofSeconds(20)));
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        return properties;
    }

    private List<ProducerRecord<byte[], byte[]>> batch(String id) {
        return IntStream.rangeClosed(0, OPERATIONS)
                .mapToObj(number -> new ProducerRecord<>(topic, id.getBytes(UTF_8), new byte[]{(byte) number}))
                .toList();
    }

    private TransactionalSender healthy() {
        return new TransactionalSender(() -> new KafkaProducer<>(properties("healthy-" + UUID.randomUUID())));
    }

    private void assertNothingIsThereBut(String id) {
        await().atMost(SOON).until(() -> seen.size() >= OPERATIONS + 1);
        assertThat(seen).hasSize(OPERATIONS + 1).containsOnly(id);
    }

    @Test
    void shouldLeaveNothingWhereItsWriterIsFencedBeforeTheCommit() throws Exception {
        String fenced = "fenced-" + UUID.randomUUID();
        try (TransactionalSender sender = new TransactionalSender(
                () -> new Interrupted(properties(fenced), () -> takeOver(fenced)));
                TransactionalSender other = healthy()) {

            SendFailedException failure = catchThrowableOfType(SendFailedException.class,
                    () -> sender.send(batch("lost")));

            assertThat(failure.outcome()).isEqualTo(SendFailedException.Outcome.NOT_WRITTEN);
            var _ = other.send(batch("whole"));
            assertNothingIsThereBut("whole");
        }
    }

    private void takeOver(String transactionalId) {
        try (Producer<byte[], byte[]> other = new KafkaProducer<>(properties(transactionalId))) {
            other.initTransactions();
        }
    }

    @Test
    void shouldGoOnWithAnotherWriterAfterOneThatWasFenced() throws Exception {
        String fenced = "fenced-" + UUID.randomUUID();
        List<Runnable> faults = new CopyOnWriteArrayList<>(List.of(() -> takeOver(fenced)));
        try (TransactionalSender sender = new TransactionalSender(() -> new Interrupted(properties(fenced),
                () -> (faults.isEmpty() ? (Runnable) () -> {} : faults.removeFirst()).run()))) {
            var _ = catchThrowableOfType(SendFailedException.class, () -> sender.send(batch("lost")));

            var _ = sender.send(batch("whole"));

            assertNothingIsThereBut("whole");
        }
    }

    @Test
    void shouldLeaveNothingWhereItDiesBeforeTheCommit() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Interrupted doomed = new Interrupted(properties("doomed-" + UUID.randomUUID()), () -> {
            written.countDown();
            awaitUninterrupted(end);
        });
        CompletableFuture<Void> dying = CompletableFuture.runAsync(() -> {
            var _ = catchThrowableOfType(Exception.class,
                    () -> new TransactionalSender(() -> doomed).send(batch("lost")));
        });
        try (TransactionalSender other = healthy()) {
            assertThat(written.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();

            // Says nothing more to the broker, as a process that is killed.
            doomed.close(Duration.ZERO);
            var _ = other.send(batch("whole"));

            assertNothingIsThereBut("whole");
        } finally {
            end.countDown();
            dying.join();
        }
    }

    @Test
    void shouldSayThatNobodyKnowsWhereTheAnswerToItsCommitIsLost() throws Exception {
        List<String> writers = List.of("deaf-" + UUID.randomUUID(), "next-" + UUID.randomUUID());
        AtomicInteger made = new AtomicInteger();
        try (TransactionalSender sender = new TransactionalSender(() -> made.getAndIncrement() == 0
                ? new Deaf(properties(writers.getFirst()))
                : new KafkaProducer<>(properties(writers.getLast())))) {

            SendFailedException failure = catchThrowableOfType(SendFailedException.class,
                    () -> sender.send(batch("unheard")));

            assertThat(failure.outcome()).isEqualTo(SendFailedException.Outcome.UNKNOWN);
            assertNothingIsThereBut("unheard");
            var _ = sender.send(batch("next"));
            await().atMost(SOON).until(() -> seen.stream().filter("next"::equals).count() == OPERATIONS + 1);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
