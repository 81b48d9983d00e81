package dev.leat.embedded;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

import dev.leat.embedded.JournalEntry.InstanceStarted;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to change a {@link SchemaCatalog}: entries are committed to the journal topic first and applied when they
 * are read back.
 *
 * <p><b>Invariant: an id never names two schemas, whatever number of registries is started on a cluster.</b> It holds
 * because every write is a transaction under one transactional id for all instances:
 *
 * <pre>
 *   open the writer (Kafka fences every other one) → read the journal to its end → decide → commit
 * </pre>
 *
 * A commit succeeds only where nobody has opened the writer since, so whoever commits has read all that was ever committed
 * when it decided. A writer that met an error is dropped and opened again before the next write, with the same steps.
 *
 * <p>Each instance announces itself in the journal. One that reads a later announcement than its own is out for good:
 * it refuses reads and writes and does not open the writer again, so the instance that was started last serves alone.
 *
 * <p>{@link #catchUp()} and {@link #append} are for one thread at a time, the caller's lock; the tail has its own thread.
 */
final class RegistryJournal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryJournal.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final RegistryOptions options;
    private final JournalTopic topic;
    private final JournalTail tail;
    private final String instance = UUID.randomUUID().toString();
    /** Empty before the first write and after a failed one. Guarded by the caller's lock. */
    private Optional<Producer<String, String>> writer = Optional.empty();

    private RegistryJournal(RegistryOptions options, SchemaCatalog catalog) {
        this.options = options;
        this.topic = new JournalTopic(options);
        this.tail = new JournalTail(options, instance, catalog);
    }

    /**
     * Creates the topic where it is missing, takes the journal over from other instances and replays it.
     *
     * @throws IllegalStateException when the topic cannot be reached or is not a journal
     */
    static RegistryJournal open(RegistryOptions options, String url, SchemaCatalog catalog) {
        RegistryJournal journal = new RegistryJournal(options, catalog);
        try {
            journal.topic.ensure();
            journal.tail.start();
            journal.catchUp();
            journal.append(new InstanceStarted(journal.instance, url));
            return journal;
        } catch (RegistryException e) {
            journal.close();
            throw new IllegalStateException(
                    "Expected to replay the journal " + options.topic() + " of the schema registry, but: "
                            + e.getMessage(),
                    e);
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /** Throws where a newer instance has taken over, or where the journal holds what nobody here can read. */
    void requireServing() {
        tail.requireHealthy();
    }

    /** Makes sure that this instance may write and has applied all that was ever written. */
    void catchUp() {
        requireServing();
        if (writer.isPresent()) {
            return;
        }
        try {
            writer = Optional.of(openWriter());
            tail.awaitApplied(topic.end());
            requireServing();
        } catch (KafkaException | RegistryException e) {
            dropWriter();
            throw unavailable(e);
        }
    }

    /** Commits the entry and returns when it is applied. */
    void append(JournalEntry entry) {
        Producer<String, String> producer = writer.orElseThrow();
        try {
            producer.beginTransaction();
            var sent = producer.send(new ProducerRecord<>(options.topic(), entry.key(), JournalCodec.encode(entry)));
            producer.commitTransaction();
            tail.awaitApplied(sent.get().offset() + 1);
        } catch (KafkaException | ExecutionException | RegistryException e) {
            LOG.warn("Schema registry: expected to write {} to {}, but {}", entry.key(), options.topic(), e.toString());
            dropWriter();
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            dropWriter();
            throw unavailable(e);
        }
    }

    private Producer<String, String> openWriter() {
        var producer = new KafkaProducer<>(JournalTopic.writerConfig(options), new StringSerializer(),
                new StringSerializer());
        try {
            producer.initTransactions();
            return producer;
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private void dropWriter() {
        writer.ifPresent(producer -> producer.close(Duration.ZERO));
        writer = Optional.empty();
    }

    private RegistryException unavailable(Exception cause) {
        if (cause instanceof RegistryException refusal) {
            return refusal;
        }
        return RegistryException
                .unavailable("Expected to write to the journal " + options.topic() + ", but: " + cause.getMessage()
                        + ". Whether the change was made is open; try again.");
    }

    /** The tail stops first, then the writer. A second call does nothing. */
    @Override
    public void close() {
        tail.close();
        writer.ifPresent(producer -> producer.close(CLOSE_LIMIT));
        writer = Optional.empty();
    }
}
