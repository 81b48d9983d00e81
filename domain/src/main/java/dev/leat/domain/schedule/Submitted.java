package dev.leat.domain.schedule;

import java.util.UUID;

import dev.leat.domain.JobId;
import dev.leat.domain.batch.BatchId;

/** What a firing has submitted. Both kinds have ids of one form, so a notice names either by the id of a job. */
public sealed interface Submitted {

    /** Its id. */
    UUID value();

    /** A job. */
    record Job(JobId id) implements Submitted {

        @Override
        public UUID value() {
            return id.value();
        }
    }

    /** A batch. */
    record Batch(BatchId id) implements Submitted {

        @Override
        public UUID value() {
            return id.value();
        }
    }
}
