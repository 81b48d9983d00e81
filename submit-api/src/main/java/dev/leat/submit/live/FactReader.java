package dev.leat.submit.live;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntSupplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.live.Slim;
import dev.leat.runtime.kafka.PartitionOf;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.schemas.UndecodableRecordException;

/**
 * Reads facts of the topics that jobs are made of. What the projector cannot use is no fact here either. Thread-safe.
 */
final class FactReader {

    private final Topics topics;
    private final Codecs codecs;
    private final IntSupplier partitions;

    /** @param partitions how many each topic has */
    FactReader(Topics topics, Codecs codecs, IntSupplier partitions) {
        this.topics = topics;
        this.codecs = codecs;
        this.partitions = partitions;
    }

    /** Whether the topic has facts of jobs. */
    boolean isFactTopic(String topic) {
        return topic.equals(topics.events()) || topic.equals(topics.control()) || topic.equals(topics.pending())
                || topics.parseLane(topic).isPresent();
    }

    /** A topic's name without the installation's prefix. */
    String shortName(String topic) {
        return topic.substring(topics.prefix().length());
    }

    /** The topic that has this name without the prefix. */
    String fullName(String shortName) {
        return topics.prefix() + shortName;
    }

    /** How many partitions each topic has. */
    int partitions() {
        return partitions.getAsInt();
    }

    /** Whose fact a record is; empty where its key is no job's, or not on its partition. */
    Optional<JobId> job(ConsumerRecord<byte[], byte[]> rawRecord) {
        return Optional.ofNullable(rawRecord.key())
                .flatMap(FactReader::parse)
                .filter(id -> PartitionOf.job(id, partitions()) == rawRecord.partition());
    }

    private static Optional<JobId> parse(byte[] key) {
        try {
            return Optional.of(JobId.parse(new String(key, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException notAJob) {
            return Optional.empty();
        }
    }

    /**
     * The fact of a record; empty where it has none that this version can read.
     *
     * @throws RetriableException where the schema registry is away
     */
    Optional<LoggedFact> read(ConsumerRecord<byte[], byte[]> rawRecord, JobId job) {
        try {
            return Optional.ofNullable(rawRecord.value())
                    .flatMap(value -> fact(rawRecord.topic(), value))
                    .map(fact -> new LoggedFact(shortName(rawRecord.topic()), rawRecord.partition(),
                            rawRecord.offset(), rawRecord.timestamp(), job, Slim.of(fact), 0));
        } catch (UndecodableRecordException unusable) {
            return Optional.empty();
        }
    }

    private Optional<? extends Fact> fact(String topic, byte[] value) {
        if (topic.equals(topics.events())) {
            return codecs.events().decode(topic, value);
        }
        if (topic.equals(topics.control())) {
            return codecs.control().decode(topic, value).filter(Fact.class::isInstance).map(Fact.class::cast);
        }
        return topic.equals(topics.pending())
                ? codecs.pending().decode(topic, value)
                : codecs.commands().decode(topic, value);
    }
}
