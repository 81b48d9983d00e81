package dev.leat.worker.shared;

import java.time.Duration;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;

import dev.leat.plugin.NotAcknowledgedException;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.ProducerProfile;

/** Writes what handlers wait for. Thread-safe; callers block, and as many records travel together as callers wait. */
public final class AcknowledgedProducer implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private final Duration patience;

    /** @param patience how long a handler waits for Kafka, at most */
    public AcknowledgedProducer(KafkaClients clients, Duration patience) {
        this.producer = clients.producer(new ProducerProfile("worker-handlers", Duration.ZERO, patience));
        this.patience = patience;
    }

    /**
     * Writes a record; returns when all in-sync replicas have it.
     *
     * @param what the record is, for messages
     * @return where it stands in the log
     * @throws IllegalArgumentException if Kafka does not take a record of its size
     * @throws NotAcknowledgedException if there is no acknowledgement in time; the record may be there all the same
     * @throws InterruptedException likewise, if the thread is interrupted
     */
    RecordMetadata send(ProducerRecord<byte[], byte[]> message, String what) throws InterruptedException {
        try {
            return producer.send(message).get();
        } catch (ExecutionException e) {
            throw failure(what, e.getCause() == null ? e : e.getCause());
        } catch (InterruptException e) {
            // Kafka's own has set the thread's flag, which the checked one takes the place of.
            var _ = Thread.interrupted();
            throw interrupted(e);
        } catch (KafkaException | IllegalStateException e) {
            throw failure(what, e);
        }
    }

    private static InterruptedException interrupted(InterruptException cause) {
        InterruptedException interrupted = new InterruptedException(cause.getMessage());
        interrupted.initCause(cause);
        return interrupted;
    }

    private RuntimeException failure(String what, Throwable cause) {
        return cause instanceof RecordTooLargeException
                ? new IllegalArgumentException(
                        "Expected %s to fit into a record of Kafka, but: %s".formatted(what, cause.getMessage()), cause)
                : new NotAcknowledgedException("Expected Kafka to acknowledge %s within %d s, but: %s".formatted(what,
                        patience.toSeconds(), cause), cause);
    }

    /** Drops what is under way: nobody waits for it any more. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
