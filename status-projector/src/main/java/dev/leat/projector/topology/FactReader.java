package dev.leat.projector.topology;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Request;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.schemas.UndecodableRecordException;

/**
 * Reads records of lanes, pending, events and control. Keys are decoded here and not by Kafka Streams, for which a key
 * that is no text or no job id would be a failure of the whole thread. Thread-safe.
 */
final class FactReader {

    /** Times outside of these years can be read, but nothing can be added to the last ones. */
    private static final Instant FIRST_TIME = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private final Topics topics;
    private final Codecs codecs;
    private final JobPartitions partitions;
    private final RegistryPatience patience;

    FactReader(JobTopology.Parts parts) {
        this.topics = parts.topics();
        this.codecs = parts.codecs();
        this.partitions = parts.partitions();
        this.patience = parts.patience();
    }

    /** Reads one record; waits while the schema registry is away. */
    Reading read(RecordMetadata at, byte @Nullable [] key, byte @Nullable [] value) {
        JobId id;
        try {
            id = id(key);
        } catch (IllegalArgumentException wrong) {
            return new Reading.Poison("undecodable-key", String.valueOf(wrong.getMessage()));
        }
        int home = partitions.ofJob(id);
        if (home != at.partition()) {
            return new Reading.Poison("wrong-partition",
                    "Expected job " + id + " on partition " + home + " of " + at.topic() + ", but found it on "
                            + at.partition() + ": its producer does not use Kafka's default partitioner (murmur2)");
        }
        try {
            return decode(at.topic(), id, value);
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

    private Reading decode(String topic, JobId id, byte @Nullable [] value) {
        if (value == null) {
            throw new UndecodableRecordException("Expected a value on " + topic + ", but there is none");
        }
        if (topic.equals(topics.control())) {
            return patience.until("read a record of " + topic, () -> codecs.control().decode(topic, value))
                    .map(request -> request(id, request))
                    .orElseGet(() -> new Reading.Newer(id));
        }
        return patience.until("read a record of " + topic, () -> fact(topic, value))
                .map(fact -> known(id, fact))
                .orElseGet(() -> new Reading.Newer(id));
    }

    private Optional<? extends Fact> fact(String topic, byte[] value) {
        if (topic.equals(topics.events())) {
            return codecs.events().decode(topic, value);
        }
        if (topic.equals(topics.pending())) {
            return codecs.pending().decode(topic, value);
        }
        return codecs.commands().decode(topic, value);
    }

    private static Reading request(JobId id, Request request) {
        return request instanceof Fact fact ? known(id, fact) : new Reading.Asked(id, request);
    }

    private static Reading known(JobId id, Fact fact) {
        if (fact.at().isBefore(FIRST_TIME) || fact.at().isAfter(LAST_TIME)) {
            throw new UndecodableRecordException("Expected a time from " + FIRST_TIME + " to " + LAST_TIME
                    + ", but got " + fact.at());
        }
        return new Reading.Known(id, fact);
    }
}
