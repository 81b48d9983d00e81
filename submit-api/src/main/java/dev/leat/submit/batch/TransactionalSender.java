package dev.leat.submit.batch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.CommandPosition;
import dev.leat.submit.submission.SendFailedException;
import dev.leat.submit.submission.SendFailedException.Outcome;

/**
 * Writes records of which whoever reads what is committed sees all or none. One transaction at a time; others wait for
 * it. Thread-safe; callers block.
 *
 * <p>A producer that has failed is closed, and the next call makes another, with a name that no other process has: the
 * broker ends what the old one has left open when its time is over.
 */
public final class TransactionalSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionalSender.class);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final ReentrantLock turn = new ReentrantLock(true);
    /** Guarded by the turn. */
    private Optional<Producer<byte[], byte[]>> current = Optional.empty();

    /** @param producers each transactional, under a name of its own */
    public TransactionalSender(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    /**
     * Writes the records in one transaction.
     *
     * @return where the last one stands
     * @throws SendFailedException where it has not been committed, or nobody knows
     */
    CommandPosition send(List<ProducerRecord<byte[], byte[]>> records) throws SendFailedException {
        turn.lock();
        try {
            Producer<byte[], byte[]> producer = begun();
            CommandPosition last = write(producer, records);
            commit(producer);
            return last;
        } finally {
            turn.unlock();
        }
    }

    private Producer<byte[], byte[]> begun() throws SendFailedException {
        try {
            if (current.isEmpty()) {
                Producer<byte[], byte[]> made = producers.get();
                current = Optional.of(made);
                made.initTransactions();
            }
            Producer<byte[], byte[]> producer = current.orElseThrow();
            producer.beginTransaction();
            return producer;
        } catch (KafkaException | IllegalStateException failure) {
            abandon();
            throw new SendFailedException(Outcome.NOT_WRITTEN, failure);
        }
    }

    private CommandPosition write(Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records)
            throws SendFailedException {
        try {
            Optional<Future<RecordMetadata>> last = Optional.empty();
            for (ProducerRecord<byte[], byte[]> message : records) {
                last = Optional.of(producer.send(message));
            }
            producer.flush();
            RecordMetadata at = last.orElseThrow().get();
            return new CommandPosition(at.topic(), at.partition(), at.offset());
        } catch (KafkaException | ExecutionException failure) {
            abort(producer);
            throw new SendFailedException(isTooLarge(failure) ? Outcome.TOO_LARGE : Outcome.NOT_WRITTEN, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            abort(producer);
            throw new SendFailedException(Outcome.NOT_WRITTEN, stopped);
        }
    }

    private static boolean isTooLarge(Exception failure) {
        return failure instanceof RecordTooLargeException || failure.getCause() instanceof RecordTooLargeException;
    }

    private void commit(Producer<byte[], byte[]> producer) throws SendFailedException {
        try {
            producer.commitTransaction();
        } catch (TimeoutException | InterruptException silent) {
            // An interrupt says no more about the outcome than silence does; asked again, it is unknown.
            LOG.info("Expected Kafka to commit a batch, but: {}; asking once more", silent.getMessage());
            commitAgain(producer);
        } catch (KafkaException refused) {
            abort(producer);
            throw new SendFailedException(Outcome.NOT_WRITTEN, refused);
        }
    }

    /** A commit that was not answered may be asked for again; whatever fails then says nothing about the first. */
    private void commitAgain(Producer<byte[], byte[]> producer) throws SendFailedException {
        try {
            producer.commitTransaction();
        } catch (KafkaException | IllegalStateException unknown) { // The latter where the first was carried out.
            abandon();
            throw new SendFailedException(Outcome.UNKNOWN, unknown);
        }
    }

    private void abort(Producer<byte[], byte[]> producer) {
        try {
            producer.abortTransaction();
        } catch (KafkaException | IllegalStateException failure) { // The latter where the producer is past that.
            LOG.debug("Expected to take a transaction back, but: {}", failure.getMessage());
            abandon();
        }
    }

    private void abandon() {
        current.ifPresent(producer -> producer.close(Duration.ZERO));
        current = Optional.empty();
    }

    /** Waits a few seconds for the transaction that is under way. */
    @Override
    public void close() {
        try {
            if (turn.tryLock(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    abandon();
                } finally {
                    turn.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
