package dev.leat.submit.deadletter;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.schemas.Topics;
import dev.leat.submit.submission.AcknowledgedSender;

/**
 * What is on the dead-letter topic, as far as it is kept at hand. {@link #start} and {@link #close} may be called again,
 * all methods from any thread; callers block.
 */
public final class DeadLetters implements AutoCloseable {

    private final DeadLetterIndex index;
    private final DeadLetterTopic topic;
    private final Redriver redriver;

    /** A dead letter with its content. */
    public record Opened(DeadLetterEntry entry, ConsumerRecord<byte[], byte[]> content) {}

    /**
     * @param sender writes what is sent back; not closed here
     * @param max how many are kept at hand, the newest
     */
    public DeadLetters(KafkaClients clients, Topics topics, AcknowledgedSender sender, int max, InstantSource clock) {
        index = new DeadLetterIndex(topics, max);
        topic = new DeadLetterTopic(clients, topics, index::apply);
        redriver = new Redriver(index, topic, new RedriveRule(topics), new LetterSender(index, topic, sender, clock));
    }

    /** Begins to read the topic. */
    public void start() {
        topic.start();
    }

    /**
     * The newest that match.
     *
     * @param cursor where the page before ended
     * @throws ProblemException 503 where they are not known yet
     */
    public DeadLetterIndex.Page page(DeadLetterFilter filter, Optional<DeadLetterPlace> cursor, int limit) {
        topic.requireLoaded();
        return index.page(filter, cursor, limit);
    }

    /**
     * One with its content, read again from the topic.
     *
     * @throws ProblemException 404 where it is not kept at hand or gone, 503 where Kafka does not answer
     */
    public Opened open(DeadLetterId id) throws InterruptedException {
        topic.requireLoaded();
        DeadLetterEntry entry = index.find(id).orElseThrow(() -> DeadLetterProblems.notFound(id));
        ConsumerRecord<byte[], byte[]> content = topic.read(List.of(id)).get(id);
        if (content == null) {
            index.remove(id);
            throw DeadLetterProblems.notFound(id);
        }
        return new Opened(entry, content);
    }

    /** What sends them back. */
    public Redriver redriver() {
        return redriver;
    }

    /** Ends the reading. */
    @Override
    public void close() {
        topic.close();
    }
}
