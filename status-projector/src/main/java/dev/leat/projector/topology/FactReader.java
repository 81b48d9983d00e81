package dev.leat.projector.topology;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.schemas.UndecodableRecordException;

/**
 * Reads records of lanes, events and control. Keys are decoded here and not by Kafka Streams, for which a key that is
 * no text or no job id would be a failure of the whole thread. Thread-safe.
 */
final class FactReader {

    private final Topics topics;
    private final Codecs codecs;
    private final JobPartitions partitions;
    private final RegistryPatience patience;

    FactReader(Topics topics, Codecs codecs, JobPartitions partitions, RegistryPatience patience) {
        this.topics = topics;
        this.codecs = codecs;
        this.partitions = partitions;
        this.patience = patience;
    }

    /** Reads one record; waits while the schema registry is away. */
    Reading read(RecordMetadata at, byte @Nullable [] key, byte @Nullable [] value) {
        JobId id;
        try {
            id = id(key);
        } catch (IllegalArgumentException wrong) {
            return new Reading.Poison("undecodable-key", String.valueOf(wrong.getMessage()));
        }
        int home = partitions.of(id);
        if (home != at.partition()) {
            return new Reading.Poison("wrong-partition",
                    "Expected job " + id + " on partition " + home + " of " + at.topic() + ", but found it on "
                            + at.partition() + ": its producer does not use Kafka's default partitioner (murmur2)");
        }
        try {
            return fact(at.topic(), value).<Reading>map(fact -> new Reading.Known(id, fact))
                    .orElseGet(() -> new Reading.Newer(id));
        } catch (UndecodableRecordException unreadable) {
            return new Reading.Poison("undecodable-value", String.valueOf(unreadable.getMessage()));
        }
    }

    private static JobId id(byte @Nullable [] key) {
        if (key == null) {
            throw new IllegalArgumentException("Expected a job id as the record's key, but there is no key");
        }
        // Bytes that are not UTF-8 become characters that no job id has.
        return JobId.parse(new String(key, StandardCharsets.UTF_8));
    }

    private Optional<? extends Fact> fact(String topic, byte @Nullable [] value) {
        if (value == null) {
            throw new UndecodableRecordException("Expected a value on " + topic + ", but there is none");
        }
        return patience.until("read a record of " + topic, () -> decode(topic, value));
    }

    private Optional<? extends Fact> decode(String topic, byte[] value) {
        if (topic.equals(topics.events())) {
            return codecs.events().decode(topic, value);
        }
        if (topic.equals(topics.control())) {
            return codecs.control().decode(topic, value);
        }
        return codecs.commands().decode(topic, value);
    }
}
