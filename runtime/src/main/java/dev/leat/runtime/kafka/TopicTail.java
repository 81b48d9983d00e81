package dev.leat.runtime.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all partitions of one topic from their beginning, without a group, and goes on as the topic grows.
 *
 * <p>One thread, {@code leat-tail-<topic>}, owns the consumer and calls the handler; all methods here may be called from
 * any thread. It outlives the broker: while Kafka does not answer it tries again for ever. Records that are gone
 * (retention, compaction, a topic made again) are skipped by going on at the partition's beginning.
 *
 * <p>Invariant: a position of {@code p} says that the handler has returned from every record of the partition that
 * has an offset below {@code p} and still exists.
 */
public final class TopicTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final Duration JOIN = Duration.ofSeconds(5);
    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final long LAST_BACKOFF_MILLIS = 5_000;

    private final KafkaClients clients;
    private final String topic;
    private final RecordHandler handler;
    private final Thread thread;
    private final TailPositions positions = new TailPositions();
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final LongAdder failures = new LongAdder();
    private volatile Optional<Consumer<byte[], byte[]>> current = Optional.empty();
    /** Owned by the tail's thread. */
    private long backoffMillis;

    public TopicTail(KafkaClients clients, String topic, RecordHandler handler) {
        this.clients = clients;
        this.topic = topic;
        this.handler = handler;
        this.thread = Thread.ofPlatform().daemon().name("leat-tail-" + topic).unstarted(this::run);
    }

    /** Starts to read; does nothing where it has been started. */
    public synchronized void start() {
        if (thread.getState() == Thread.State.NEW && !isStopped()) {
            thread.start();
        }
    }

    /** Done when the handler has returned from every record that was there at the start; fails where the tail is closed before. */
    public CompletableFuture<Void> caughtUp() {
        return caughtUp.copy();
    }

    /** The offset of the next record of each partition; empty until the first answer of the broker. */
    public Map<Integer, Long> positions() {
        return positions.snapshot();
    }

    /**
     * Waits until the positions have reached the given ones.
     *
     * @return whether they have; {@code false} also where the tail has been closed
     */
    public boolean awaitPosition(Map<Integer, Long> wanted, Duration timeout) throws InterruptedException {
        return positions.await(wanted, timeout);
    }

    /** How many records the handler has thrown at. */
    public long failures() {
        return failures.sum();
    }

    /** Ends the reading, after the handler has returned from the record that it has; does nothing where it has ended. */
    @Override
    public void close() {
        tellToStop();
        awaitEnd();
    }

    /** Ends the reading of all of them. A consumer takes half a second to close, so all of them do at the same time. */
    public static void closeAll(Collection<TopicTail> tails) {
        tails.forEach(TopicTail::tellToStop);
        tails.forEach(TopicTail::awaitEnd);
    }

    private void tellToStop() {
        synchronized (this) {
            stopped.countDown();
        }
        current.ifPresent(Consumer::wakeup);
        caughtUp.completeExceptionally(new CancellationException("The tail of " + topic + " was closed"));
        positions.close();
    }

    private void awaitEnd() {
        if (!thread.equals(Thread.currentThread()) && thread.isAlive()) {
            joinBounded();
        }
    }

    private void joinBounded() {
        try {
            if (!thread.join(JOIN)) {
                LOG.warn("Expected the handler of {} to return within {}, but it still runs", topic, JOIN);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void run() {
        while (!isStopped()) {
            try {
                readUntilStopped();
            } catch (WakeupException _) {
                // The loop ends: only close() wakes the consumer.
            } catch (RuntimeException e) { // Nothing that Kafka says ends a tail.
                backOff(e);
            }
        }
    }

    private void readUntilStopped() {
        Consumer<byte[], byte[]> consumer = clients.consumer("tail-" + topic);
        current = Optional.of(consumer);
        try {
            if (isStopped()) {
                return; // close() may have looked for the consumer before it was there.
            }
            Map<Integer, Long> ends = assign(consumer);
            answered();
            // Where there is nothing to read, the first poll would hold up whoever waits for it.
            publish(consumer, ends);
            while (!isStopped()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                records.forEach(this::hand);
                publish(consumer, ends);
            }
        } finally {
            current = Optional.empty();
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    /** Goes on where the last consumer stopped. Gives the end offsets for {@link #caughtUp}. */
    private Map<Integer, Long> assign(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic)
                .stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("there is no topic " + topic);
        }
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<Integer, Long> reached = positions.snapshot();
        consumer.assign(partitions);
        beginnings.forEach((partition, beginning) -> consumer.seek(partition,
                Math.max(beginning, reached.getOrDefault(partition.partition(), 0L))));
        Map<Integer, Long> ends = new HashMap<>();
        consumer.endOffsets(partitions).forEach((partition, end) -> ends.put(partition.partition(), end));
        return ends;
    }

    private void hand(ConsumerRecord<byte[], byte[]> rawRecord) {
        long pauseMillis = 0;
        while (!isStopped() && !taken(rawRecord, pauseMillis == 0)) {
            pauseMillis = Math.clamp(pauseMillis * 2, FIRST_BACKOFF_MILLIS, LAST_BACKOFF_MILLIS);
            awaitStop(pauseMillis);
        }
    }

    /** Whether the handler is through with the record, be it well or badly; otherwise it has to get it again. */
    private boolean taken(ConsumerRecord<byte[], byte[]> rawRecord, boolean first) {
        try {
            handler.handle(rawRecord);
        } catch (RetriableException e) {
            if (first) {
                LOG.warn("Expected the handler of {} to take the record at partition {}, offset {}, but: {}; it gets it"
                        + " again until it does", topic, rawRecord.partition(), rawRecord.offset(), e.getMessage());
            }
            return false;
        } catch (Throwable e) { // An error of one record, be it of any kind, must not stop all others.
            failures.increment();
            LOG.error("Expected the handler of {} to take the record at partition {}, offset {}, but it threw",
                    topic, rawRecord.partition(), rawRecord.offset(), e);
        }
        return true;
    }

    private void publish(Consumer<byte[], byte[]> consumer, Map<Integer, Long> ends) {
        if (isStopped()) {
            return;
        }
        Map<Integer, Long> reached = new HashMap<>();
        consumer.assignment()
                .forEach(partition -> reached.put(partition.partition(), consumer.position(partition)));
        positions.publish(reached);
        if (!caughtUp.isDone() && positions.reached(ends)) {
            caughtUp.complete(null);
        }
    }

    private void answered() {
        if (backoffMillis > 0) {
            LOG.info("Reading {} again", topic);
        }
        backoffMillis = 0;
    }

    private void backOff(RuntimeException reason) {
        if (backoffMillis == 0) {
            LOG.warn("Expected to read {}, but: {}; trying again until Kafka at {} answers", topic,
                    reason.getMessage(), clients.bootstrapServers());
        }
        backoffMillis = Math.clamp(backoffMillis * 2, FIRST_BACKOFF_MILLIS, LAST_BACKOFF_MILLIS);
        awaitStop(backoffMillis);
    }

    private void awaitStop(long millis) {
        try {
            var _ = stopped.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            // Nobody has this thread but the tail; it ends by close() alone.
        }
    }
}
