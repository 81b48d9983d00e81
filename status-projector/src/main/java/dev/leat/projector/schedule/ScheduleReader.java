package dev.leat.projector.schedule;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.JobNotice;
import dev.leat.domain.Origin;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.projector.topology.JobTopology;
import dev.leat.schemas.UndecodableRecordException;

/** Reads the records of schedules and notices. Thread-safe. */
final class ScheduleReader {

    private final JobTopology.Parts parts;

    /** What a record turned out to be. */
    sealed interface Reading {
        /** What is wanted of a schedule. */
        record Revised(ScheduleRevision revision) implements Reading {}

        /** A schedule is not wanted any more. */
        record Deleted(ScheduleId id) implements Reading {}

        /** How a job of a schedule ended. */
        record Ended(ScheduleId id, JobNotice notice) implements Reading {}

        /** Nothing that schedules are concerned with, or nothing that this version knows. */
        record Other() implements Reading {}

        /** A record that no retry can make usable: a stable word why, and what was expected and what came. */
        record Poison(String reason, String detail) implements Reading {}
    }

    ScheduleReader(JobTopology.Parts parts) {
        this.parts = parts;
    }

    /** Reads one record; waits while the schema registry is away. */
    Reading read(Record<byte[], byte[]> rawRecord, RecordMetadata at) {
        try {
            return at.topic().equals(parts.topics().notices())
                    ? notice(at, rawRecord.value())
                    : revision(at, rawRecord.key(), rawRecord.value());
        } catch (UndecodableRecordException unreadable) {
            return new Reading.Poison("undecodable-value", String.valueOf(unreadable.getMessage()));
        } catch (IllegalArgumentException wrongKey) {
            return new Reading.Poison("undecodable-key", String.valueOf(wrongKey.getMessage()));
        }
    }

    private Reading notice(RecordMetadata at, byte @Nullable [] value) {
        if (value == null) {
            return new Reading.Other();
        }
        Optional<JobNotice> notice = parts.patience()
                .until("read a notice", () -> parts.codecs().notices().decode(at.topic(), value));
        return notice.filter(told -> told.origin().kind() == Origin.Kind.SCHEDULE)
                .<Reading>map(told -> new Reading.Ended(new ScheduleId(told.origin().id()), told))
                .orElseGet(Reading.Other::new);
    }

    private Reading revision(RecordMetadata at, byte @Nullable [] key, byte @Nullable [] value) {
        ScheduleId id = new ScheduleId(key == null ? "" : new String(key, StandardCharsets.UTF_8));
        if (parts.partitions().ofKey(id.value()) != at.partition()) {
            return new Reading.Poison("wrong-partition", "Expected schedule " + id + " on partition "
                    + parts.partitions().ofKey(id.value()) + " of " + at.topic() + ", but found it on "
                    + at.partition() + ": its producer does not use Kafka's default partitioner (murmur2)");
        }
        if (value == null) {
            return new Reading.Deleted(id);
        }
        Optional<ScheduleRevision> revision = parts.patience()
                .until("read schedule " + id, () -> parts.codecs().schedules().decode(at.topic(), value));
        if (revision.filter(read -> !read.id().equals(id)).isPresent()) {
            return new Reading.Poison("undecodable-value",
                    "Expected schedule " + id + " as in the key, but got " + revision.get().id());
        }
        return revision.<Reading>map(Reading.Revised::new).orElseGet(Reading.Other::new);
    }
}
