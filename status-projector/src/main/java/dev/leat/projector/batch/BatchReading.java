package dev.leat.projector.batch;

import dev.leat.domain.JobNotice;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;

/** What a record of a source topic turned out to be. */
sealed interface BatchReading {

    /** Something that happened to a batch. */
    record Event(BatchId id, BatchEvent event) implements BatchReading {}

    /** A job of a batch has ended. */
    record Notice(BatchId id, JobNotice notice) implements BatchReading {}

    /** For somebody else, or of a kind that only newer versions know. */
    record Other() implements BatchReading {}

    /** A record that no retry can make usable: a stable word why, and what was expected and what came. */
    record Poison(String reason, String detail) implements BatchReading {}
}
