package dev.leat.submit.submission;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.JobId;
import dev.leat.submit.submission.SendFailedException.Outcome;

/**
 * Writes records of jobs and returns when all in-sync replicas have them. Where that fails it says whether the record
 * can be in the log all the same. Thread-safe; callers block, so they run on virtual threads, and as many records travel
 * together as callers wait.
 */
public final class AcknowledgedSender implements AutoCloseable {

    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;

    /** @param producer idempotent, with acks=all and bounded timeouts; closed by {@link #close} */
    public AcknowledgedSender(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Writes a record whose key is the job's id.
     *
     * @return where it stands in the log
     * @throws SendFailedException where there is no acknowledgement within the producer's patience
     */
    public CommandPosition send(String topic, JobId job, byte[] value) throws SendFailedException {
        return await(begin(new ProducerRecord<>(topic, job.toString().getBytes(StandardCharsets.UTF_8), value)));
    }

    /** Begins to write any record; {@link #await} gives what became of it. Those of one partition keep their order. */
    public CompletableFuture<CommandPosition> begin(ProducerRecord<byte[], byte[]> message) {
        CompletableFuture<CommandPosition> acknowledged = new CompletableFuture<>();
        Thread caller = Thread.currentThread();
        try {
            var _ = producer.send(message, (metadata, failure) -> {
                if (failure == null) {
                    acknowledged
                            .complete(new CommandPosition(metadata.topic(), metadata.partition(), metadata.offset()));
                } else {
                    // On the caller's thread, within send(): the record has not entered the producer's buffer.
                    boolean neverLeft = Thread.currentThread().equals(caller);
                    acknowledged.completeExceptionally(failure(failure, neverLeft));
                }
            });
        } catch (KafkaException | IllegalStateException refused) {
            acknowledged.completeExceptionally(failure(refused, true));
        }
        return acknowledged;
    }

    /**
     * Waits for the acknowledgement.
     *
     * @param begun what {@link #begin} gave
     * @throws SendFailedException where there is none within the producer's patience
     */
    public static CommandPosition await(CompletableFuture<CommandPosition> begun) throws SendFailedException {
        try {
            return begun.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SendFailedException failed ? failed : failure(e, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(e, false);
        }
    }

    private static SendFailedException failure(Exception cause, boolean neverLeft) {
        Outcome outcome = switch (cause) {
            case RecordTooLargeException _ -> Outcome.TOO_LARGE;
            case AuthorizationException _,InvalidTopicException _,PolicyViolationException _ -> Outcome.NOT_WRITTEN;
            default -> neverLeft ? Outcome.NOT_WRITTEN : Outcome.UNKNOWN;
        };
        return new SendFailedException(outcome, cause);
    }

    /** Waits a few seconds for what is under way. */
    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
