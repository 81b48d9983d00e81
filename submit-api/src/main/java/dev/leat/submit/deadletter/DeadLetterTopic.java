package dev.leat.submit.deadletter;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.kafka.BrokerUnavailableException;
import dev.leat.runtime.kafka.EndOffsets;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.RecordHandler;
import dev.leat.runtime.kafka.TopicTail;
import dev.leat.schemas.Topics;

/**
 * The dead-letter topic as this process reads it: as a whole into the index, and single records again when somebody
 * wants their content. Thread-safe; callers block.
 */
final class DeadLetterTopic implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    /** Each reader has a consumer of its own, with its buffers and connections. */
    private static final int READERS = 4;

    private final KafkaClients clients;
    private final String topic;
    private final TopicTail tail;
    private final EndOffsets ends;
    private final Semaphore readers = new Semaphore(READERS, true);

    /** @param index takes in all records, from the oldest on */
    DeadLetterTopic(KafkaClients clients, Topics topics, RecordHandler index) {
        this.clients = clients;
        this.topic = topics.deadLetter();
        this.tail = new TopicTail(clients, topic, index);
        this.ends = new EndOffsets(clients, "api-dead-letters");
    }

    /** Begins to read; does nothing where that has begun. */
    void start() {
        tail.start();
    }

    /**
     * Makes sure that the index knows the dead letters that were there at the start.
     *
     * @throws ProblemException 503 where it does not yet
     */
    void requireLoaded() {
        if (!tail.caughtUp().isDone() || tail.caughtUp().isCompletedExceptionally()) {
            throw DeadLetterProblems.notLoaded();
        }
    }

    /**
     * Waits until the index knows what has been written up to now, by whichever process.
     *
     * @throws ProblemException 503 where it does not within seconds
     */
    void catchUp() throws InterruptedException {
        requireLoaded();
        try {
            Map<Integer, Long> now = ends.of(topic, tail.positions().keySet(), PATIENCE);
            if (!tail.awaitPosition(now, PATIENCE)) {
                throw DeadLetterProblems.notLoaded();
            }
        } catch (BrokerUnavailableException e) {
            throw DeadLetterProblems.thrown(DeadLetterProblems.brokerUnavailable());
        }
    }

    /**
     * The records of dead letters; those that are gone from the topic are missing.
     *
     * @throws ProblemException 503 where Kafka does not answer
     */
    Map<DeadLetterId, ConsumerRecord<byte[], byte[]>> read(Collection<DeadLetterId> ids) throws InterruptedException {
        return reading(consumer -> {
            Map<Integer, Set<Long>> offsets = ids.stream()
                    .collect(Collectors.groupingBy(DeadLetterId::partition, TreeMap::new,
                            Collectors.mapping(DeadLetterId::offset, Collectors.toCollection(TreeSet::new))));
            RecordsAtOffsets records = new RecordsAtOffsets(consumer, PATIENCE);
            return offsets.entrySet()
                    .stream()
                    .flatMap(partition -> records.read(topic, partition.getKey(), partition.getValue()).stream())
                    .collect(Collectors.toMap(DeadLetterId::of, letter -> letter));
        });
    }

    /** Those of the topics that exist. */
    Set<String> existing(Collection<String> topics) throws InterruptedException {
        return reading(consumer -> topics.stream()
                .filter(name -> !consumer.partitionsFor(name, PATIENCE).isEmpty())
                .collect(Collectors.toSet()));
    }

    private interface Question<T> {
        T ask(Consumer<byte[], byte[]> consumer);
    }

    private <T> T reading(Question<T> question) throws InterruptedException {
        readers.acquire();
        try {
            Consumer<byte[], byte[]> consumer = clients.consumer("api-dead-letters");
            try {
                return question.ask(consumer);
            } finally {
                consumer.close(CloseOptions.timeout(CLOSE));
            }
        } catch (KafkaException away) {
            throw DeadLetterProblems.thrown(DeadLetterProblems.brokerUnavailable());
        } finally {
            readers.release();
        }
    }

    /** Ends the reading; does nothing where it has ended. */
    @Override
    public void close() {
        tail.close();
        ends.close();
    }
}
