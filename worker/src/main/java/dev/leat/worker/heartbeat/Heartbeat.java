package dev.leat.worker.heartbeat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.WorkerId;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;

/**
 * Tells others that this worker lives, at a fixed pace, and what it hosts. A clean stop ends with a tombstone, which
 * says at once what a missing beat says late: this worker is gone and holds nothing.
 *
 * <p>A beat that Kafka does not take in time is dropped: it would be old news. One that it takes renews the worker's lease,
 * counted from when it was sent. Thread-safe; the beats are counted on the heartbeat's thread.
 */
public final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final WorkerId worker;
    private final Topics topics;
    private final Codecs codecs;
    private final Producer<byte[], byte[]> producer;
    private final LongFunction<WorkerHeartbeat> beats;
    private final LongConsumer acknowledged;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("leat-heartbeat").factory());
    private long sequence;

    /**
     * @param producer gives up after seconds; closed with the heartbeat
     * @param beats what to say at the beat of this number, counted from 1; called on the heartbeat's thread
     * @param acknowledged told of each beat that Kafka has taken, by {@link System#nanoTime} when it was sent; called on
     *        the producer's thread
     */
    public Heartbeat(WorkerId worker, Topics topics, Codecs codecs, Producer<byte[], byte[]> producer,
            LongFunction<WorkerHeartbeat> beats, LongConsumer acknowledged) {
        this.worker = worker;
        this.topics = topics;
        this.codecs = codecs;
        this.producer = producer;
        this.beats = beats;
        this.acknowledged = acknowledged;
    }

    /** Begins to beat. Called once. */
    public void start(Duration interval) {
        var _ = thread.scheduleAtFixedRate(this::beat, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Beats once more, as soon as possible: there is something to say that others wait for. */
    public void soon() {
        try {
            thread.execute(this::beat);
        } catch (RejectedExecutionException _) {
            // The worker stops.
        }
    }

    private void beat() {
        try {
            long sent = System.nanoTime();
            byte[] value = codecs.heartbeats().encode(topics.workers(), beats.apply(++sequence));
            var _ = producer.send(new ProducerRecord<>(topics.workers(), key(), value), (_, failure) -> {
                if (failure == null) {
                    acknowledged.accept(sent);
                } else {
                    LOG.warn("Expected Kafka to take a heartbeat of worker {}, but: {}", worker, failure.toString());
                }
            });
        } catch (RuntimeException e) { // An exception would end the beats for good.
            LOG.warn("Expected to send a heartbeat of worker {}, but: {}", worker, e.toString());
        }
    }

    /** Ends the beats. Others notice when the lease has run out. */
    @Override
    public void close() {
        thread.shutdownNow();
        producer.close(Duration.ZERO);
    }

    /** Ends the beats and, where Kafka answers, takes the worker off the list: it holds nothing any more. */
    public void sayGoodbye() {
        thread.shutdownNow();
        try {
            // A beat after the tombstone would put the worker on the list again.
            var _ = thread.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            Object acknowledged = producer.send(new ProducerRecord<>(topics.workers(), key(), null))
                    .get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("Took worker {} off the list: {}", worker, acknowledged);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Expected to take worker {} off the list, but Kafka did not answer; it goes when its lease ends",
                    worker, e);
        } finally {
            close();
        }
    }

    private byte[] key() {
        return worker.value().getBytes(StandardCharsets.UTF_8);
    }
}
