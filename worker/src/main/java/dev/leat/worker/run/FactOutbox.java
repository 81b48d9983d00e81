package dev.leat.worker.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.Fact;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.schemas.Codec;

/**
 * Brings the facts of running attempts to the events topic, through outages of any length: its producer has a delivery
 * timeout of weeks, so Kafka's client itself is the queue, in order and without duplicates. Memory is bounded by the
 * producer's buffer: while that is full, {@link #deliver} blocks, the attempt keeps its slot, and nothing new is
 * claimed. What is lost is lost with the process, never before.
 *
 * <p>An outcome that the broker refuses is sent again until it is taken, a result that it finds too large is replaced by
 * a failure that says so.
 *
 * <p>Thread-safe; {@link #lock} guards the count of outcomes under way.
 */
public final class FactOutbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FactOutbox.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Producer<byte[], byte[]> producer;
    private final Codec<Fact> codec;
    private final String topic;
    private final ScheduledExecutorService retries = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("leat-outbox-retry").factory());
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private int underWay;

    /**
     * @param producer idempotent, acks=all, with a delivery timeout far beyond any outage; closed with the outbox
     * @param topic the events topic
     */
    public FactOutbox(Producer<byte[], byte[]> producer, Codec<Fact> codec, String topic) {
        this.producer = producer;
        this.codec = codec;
        this.topic = topic;
    }

    /** Called when a fact was taken or refused, on any thread. */
    @FunctionalInterface
    interface Answer {
        void answered(boolean taken);
    }

    /** Sends a fact that may be missed. */
    void offer(JobId job, Fact fact, Answer answer) {
        var _ = producer.send(encode(job, fact), (_, failure) -> {
            if (failure != null) {
                LOG.debug("Expected a report of job {} to be taken, but: {}", job, failure.toString());
            }
            answer.answered(failure == null || failure instanceof RecordTooLargeException);
        });
    }

    /** Sends a fact that must arrive; returns when the producer has it, which sees to the rest. */
    public void deliver(JobId job, Fact fact) {
        ProducerRecord<byte[], byte[]> encoded = encode(job, fact);
        change(1);
        while (!hand(job, fact, encoded)) {
            LOG.warn("Expected room to send what became of job {}, but the buffer is full; Kafka seems to be away",
                    job);
        }
    }

    /** Whether the producer has it. Where its buffer stays full it says so by the callback, inside of the call. */
    private boolean hand(JobId job, Fact fact, ProducerRecord<byte[], byte[]> encoded) {
        Thread caller = Thread.currentThread();
        AtomicBoolean full = new AtomicBoolean();
        var _ = producer.send(encoded, (_, failure) -> {
            if (failure instanceof TimeoutException && caller.equals(Thread.currentThread())) {
                full.set(true);
            } else {
                answered(job, fact, encoded, failure);
            }
        });
        return !full.get();
    }

    private void answered(JobId job, Fact fact, ProducerRecord<byte[], byte[]> encoded, @Nullable Exception failure) {
        if (failure == null) {
            change(-1);
        } else if (failure instanceof RecordTooLargeException && fact instanceof Fact.AttemptSucceeded succeeded) {
            Fact refused = new Fact.AttemptFailed(succeeded.attempt(), succeeded.claim(),
                    JobError.of(OutcomeFacts.RESULT_TOO_LARGE,
                            "Expected a result that fits into a record of Kafka, but: "
                                    + failure.getMessage()),
                    Optional.empty(), succeeded.at());
            retry(job, refused, encode(job, refused), Duration.ZERO);
        } else if (failure instanceof RecordTooLargeException && isReport(fact)) {
            LOG.warn("Expected Kafka to take a report of job {}, but it is dropped: {}", job, failure.getMessage());
            change(-1);
        } else {
            LOG.warn("Expected Kafka to take what became of job {}, but it refused and is asked again: {}", job,
                    failure.toString());
            retry(job, fact, encoded, RETRY);
        }
    }

    /** What the outcome does not wait for. */
    private static boolean isReport(Fact fact) {
        return fact instanceof Fact.AttemptProgressed || fact instanceof Fact.AttemptCheckpointed
                || fact instanceof Fact.AttemptLogged;
    }

    private void retry(JobId job, Fact fact, ProducerRecord<byte[], byte[]> encoded, Duration delay) {
        try {
            var _ = retries.schedule(() -> {
                if (!hand(job, fact, encoded)) {
                    retry(job, fact, encoded, RETRY);
                }
            }, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.error("Expected to tell what became of job {}, but this worker stopped before Kafka took it: {}", job,
                    fact);
            change(-1);
        }
    }

    private ProducerRecord<byte[], byte[]> encode(JobId job, Fact fact) {
        return new ProducerRecord<>(topic, job.toString().getBytes(StandardCharsets.UTF_8), codec.encode(topic, fact));
    }

    private void change(int by) {
        lock.lock();
        try {
            underWay += by;
            if (underWay == 0) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until every delivered fact has been acknowledged.
     *
     * @return whether they have
     */
    public boolean awaitDelivered(Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            while (underWay > 0 && left > 0) {
                left = none.awaitNanos(left);
            }
            return underWay == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what has not been acknowledged. Whoever wants to wait calls {@link #awaitDelivered} before. */
    @Override
    public void close() {
        retries.shutdownNow();
        producer.close(Duration.ofSeconds(1));
    }
}
