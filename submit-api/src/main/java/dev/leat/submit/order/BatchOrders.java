package dev.leat.submit.order;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchOrder;
import dev.leat.schemas.Codec;
import dev.leat.schemas.DeadLetter;
import dev.leat.schemas.Topics;
import dev.leat.schemas.UndecodableRecordException;

/**
 * Carries out the orders of batches, one after the other, together with all other instances of the API.
 *
 * <p>Invariant: what an order leads to and the place after it are one transaction, bound to the consumer's membership
 * (exactly once). An instance that crashes or is no member any more leaves nothing behind, and another one carries the
 * order out. What cannot be carried out now is tried again for ever; later orders of the partition wait behind it.
 *
 * <p>One thread, {@code leat-batch-orders}, owns both clients. {@link #start} and {@link #close} may be called from any
 * thread, and again.
 */
public final class BatchOrders implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BatchOrders.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration JOIN = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final long PAUSE_MILLIS = 1_000;

    private final Parts parts;
    private final Clients clients;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("leat-batch-orders").unstarted(this::run);
    private volatile Optional<Consumer<byte[], byte[]>> current = Optional.empty();

    /** What orders are read and carried out with. */
    public record Parts(Topics topics, Codec<BatchOrder> codec, OrderDesk desk) {}

    /** Makes the Kafka clients: a member of the group of all instances, and a transactional producer. */
    public interface Clients {

        Consumer<byte[], byte[]> consumer();

        Producer<byte[], byte[]> producer();
    }

    public BatchOrders(Parts parts, Clients clients) {
        this.parts = parts;
        this.clients = clients;
    }

    /** Begins; to be called when job types and templates are known. Does nothing where it has begun or ended. */
    public synchronized void start() {
        if (thread.getState() == Thread.State.NEW && !isStopped()) {
            thread.start();
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void run() {
        while (!isStopped()) {
            try {
                carryOutUntilStopped();
            } catch (WakeupException _) {
                // The loop ends: only close() wakes the consumer.
            } catch (RuntimeException e) { // Whatever is away comes back, and the order is still there.
                LOG.warn("Expected to carry out orders of batches, but: {}; trying again", e.getMessage());
                awaitStop();
            }
        }
    }

    private void carryOutUntilStopped() {
        Consumer<byte[], byte[]> consumer = clients.consumer();
        try {
            current = Optional.of(consumer);
            carryOutUntilStopped(consumer);
        } finally {
            current = Optional.empty();
            // The group is slow to let go of a member while it waits for one that has died.
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    private void carryOutUntilStopped(Consumer<byte[], byte[]> consumer) {
        Producer<byte[], byte[]> producer = clients.producer();
        try {
            producer.initTransactions();
            consumer.subscribe(List.of(parts.topics().batchOrders()));
            while (!isStopped()) {
                for (ConsumerRecord<byte[], byte[]> rawRecord : consumer.poll(POLL)) {
                    carryOut(rawRecord, consumer, producer);
                }
            }
        } finally {
            producer.close(CLOSE);
        }
    }

    private void carryOut(ConsumerRecord<byte[], byte[]> rawRecord, Consumer<byte[], byte[]> consumer,
            Producer<byte[], byte[]> producer) {
        List<ProducerRecord<byte[], byte[]>> answer = answerTo(rawRecord);
        producer.beginTransaction();
        for (ProducerRecord<byte[], byte[]> message : answer) {
            var _ = producer.send(message); // One that fails makes the commit fail.
        }
        producer.sendOffsetsToTransaction(
                Map.of(new TopicPartition(rawRecord.topic(), rawRecord.partition()),
                        new OffsetAndMetadata(rawRecord.offset() + 1)),
                consumer.groupMetadata());
        producer.commitTransaction();
    }

    private List<ProducerRecord<byte[], byte[]>> answerTo(ConsumerRecord<byte[], byte[]> rawRecord) {
        try {
            BatchId id = BatchId
                    .parse(rawRecord.key() == null ? "" : new String(rawRecord.key(), StandardCharsets.UTF_8));
            if (rawRecord.value() == null) {
                throw new UndecodableRecordException("Expected an order of batch " + id + ", but there is no value");
            }
            return parts.codec()
                    .decode(rawRecord.topic(), rawRecord.value())
                    .map(order -> parts.desk().recordsOf(id, order))
                    .orElse(List.of())
                    .stream()
                    .map(value -> new ProducerRecord<>(parts.topics().batches(), rawRecord.key(), value))
                    .toList();
        } catch (UndecodableRecordException unreadable) {
            return List.of(letter(rawRecord, "undecodable-value", unreadable));
        } catch (IllegalArgumentException wrongKey) {
            return List.of(letter(rawRecord, "undecodable-key", wrongKey));
        }
    }

    private ProducerRecord<byte[], byte[]> letter(ConsumerRecord<byte[], byte[]> rawRecord, String reason,
            RuntimeException detail) {
        LOG.warn("Record at {}-{}@{} goes to the dead-letter topic: {}", rawRecord.topic(), rawRecord.partition(),
                rawRecord.offset(), detail.getMessage());
        return DeadLetter.of(parts.topics(), rawRecord,
                new DeadLetter.Why(reason, String.valueOf(detail.getMessage()), "submit-api"));
    }

    private void awaitStop() {
        try {
            var _ = stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            // Nobody has this thread but the orders; it ends by close() alone.
        }
    }

    /** Ends the reading; an order that is being carried out is finished, or another instance does it. */
    @Override
    public void close() {
        synchronized (this) {
            stopped.countDown();
        }
        current.ifPresent(Consumer::wakeup);
        try {
            if (thread.isAlive() && !thread.join(JOIN)) {
                LOG.warn("Expected the order that is being carried out to end within {}, but it does not", JOIN);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
