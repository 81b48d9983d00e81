package dev.leat.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.leat.embedded.JournalEntry.InstanceStarted;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the journal from its beginning and on, and applies it to the catalog. Its thread owns the consumer and is the only
 * one that applies; what others see of it is guarded by this.
 */
final class JournalTail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalTail.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final String instance;
    private final SchemaCatalog catalog;
    private final TopicPartition partition;
    private final Consumer<String, String> consumer;
    private final Thread thread = Thread.ofPlatform().daemon().name("leat-schema-registry-tail").unstarted(this::run);
    /** Behind the last applied entry. */
    private long position;
    private boolean announced;
    /** Why this instance serves no longer. */
    private Optional<String> refusal = Optional.empty();

    JournalTail(RegistryOptions options, String instance, SchemaCatalog catalog) {
        this.instance = instance;
        this.catalog = catalog;
        this.partition = JournalTopic.partition(options);
        this.consumer = new KafkaConsumer<>(JournalTopic.tailConfig(options), new StringDeserializer(),
                new StringDeserializer());
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (consumer) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (isHealthy()) {
                consumer.poll(POLL).forEach(this::apply);
                advance(consumer.position(partition));
            }
        } catch (WakeupException e) {
            refuse("The schema registry is stopped.");
        } catch (RuntimeException e) {
            LOG.error("Schema registry: expected to read the journal {}, but {}", partition, e.toString(), e);
            refuse("Expected to read the journal " + partition + ", but: " + e.getMessage());
        }
    }

    private void apply(ConsumerRecord<String, String> entry) {
        JournalEntry fact = JournalCodec.decode(entry.value());
        catalog.apply(fact);
        if (fact instanceof InstanceStarted started) {
            apply(started);
        }
    }

    private synchronized void apply(InstanceStarted started) {
        if (started.instance().equals(instance)) {
            announced = true;
        } else if (announced) {
            LOG.error("Schema registry: another instance has taken over at {}; this one stops serving", started.url());
            refuse("Another instance of this schema registry has taken over at " + started.url() + ".");
        }
    }

    private synchronized void advance(long newPosition) {
        position = newPosition;
        notifyAll();
    }

    private synchronized void refuse(String why) {
        if (refusal.isEmpty()) {
            refusal = Optional.of(why);
        }
        notifyAll();
    }

    private synchronized boolean isHealthy() {
        return refusal.isEmpty();
    }

    /** Throws once the tail has stopped or a newer instance has announced itself. */
    synchronized void requireHealthy() {
        refusal.ifPresent(why -> {
            throw RegistryException.unavailable(why);
        });
    }

    /** Returns when everything before the offset is applied. */
    synchronized void awaitApplied(long offset) {
        long deadline = System.nanoTime() + JournalTopic.LIMIT.toNanos();
        try {
            while (position < offset) {
                requireHealthy();
                long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (left <= 0) {
                    throw RegistryException.unavailable(
                            "Expected to read %s up to offset %d, but got to %d. Try again.".formatted(partition,
                                    offset, position));
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.unavailable("Interrupted while reading " + partition + ".");
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
            return;
        }
        try {
            thread.join(CLOSE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
