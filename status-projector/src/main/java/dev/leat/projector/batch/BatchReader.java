package dev.leat.projector.batch;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.JobNotice;
import dev.leat.domain.Origin;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.projector.topology.JobTopology;
import dev.leat.schemas.UndecodableRecordException;

/** Reads records of the batches and notices topics. Thread-safe. */
final class BatchReader {

    private final JobTopology.Parts parts;

    BatchReader(JobTopology.Parts parts) {
        this.parts = parts;
    }

    /** Reads one record; waits while the schema registry is away. */
    BatchReading read(RecordMetadata at, byte @Nullable [] key, byte @Nullable [] value) {
        try {
            if (value == null) {
                throw new UndecodableRecordException("Expected a value on " + at.topic() + ", but there is none");
            }
            return at.topic().equals(parts.topics().notices()) ? notice(at, value) : event(at, key, value);
        } catch (UndecodableRecordException unreadable) {
            return new BatchReading.Poison("undecodable-value", String.valueOf(unreadable.getMessage()));
        }
    }

    /** One that cannot be read goes to the dead-letter topic from here; other readers of notices pass it over. */
    private BatchReading notice(RecordMetadata at, byte[] value) {
        return parts.patience()
                .until("read a record of " + at.topic(), () -> parts.codecs().notices().decode(at.topic(), value))
                .filter(notice -> isOfBatch(notice.origin()))
                .map(BatchReader::notice)
                .orElseGet(BatchReading.Other::new);
    }

    private static boolean isOfBatch(Origin origin) {
        return switch (origin.kind()) {
            case BATCH, COMPENSATION, SUMMARY -> true;
            case SCHEDULE, JOB, RETRY -> false;
        };
    }

    private static BatchReading notice(JobNotice notice) {
        Origin origin = notice.origin();
        if (origin.index() < 0 || origin.index() >= BatchSpec.MOST_OPERATIONS) {
            return new BatchReading.Poison("undecodable-value",
                    "Expected the index of an operation, but got " + origin.index());
        }
        try {
            return new BatchReading.Notice(BatchId.parse(origin.id()), notice);
        } catch (IllegalArgumentException wrong) {
            return new BatchReading.Poison("undecodable-value", String.valueOf(wrong.getMessage()));
        }
    }

    private BatchReading event(RecordMetadata at, byte @Nullable [] key, byte[] value) {
        String name = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        BatchId id;
        try {
            id = BatchId.parse(name);
        } catch (IllegalArgumentException wrong) {
            return new BatchReading.Poison("undecodable-key", String.valueOf(wrong.getMessage()));
        }
        int home = parts.partitions().ofKey(name);
        if (home != at.partition()) {
            return new BatchReading.Poison("wrong-partition", "Expected batch " + id + " on partition " + home + " of "
                    + at.topic() + ", but found it on " + at.partition());
        }
        return parts.patience()
                .until("read a record of " + at.topic(), () -> parts.codecs().batches().decode(at.topic(), value))
                .<BatchReading>map(event -> new BatchReading.Event(id, event))
                .orElseGet(BatchReading.Other::new);
    }
}
