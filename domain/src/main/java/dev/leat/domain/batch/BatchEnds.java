package dev.leat.domain.batch;

import java.time.Instant;
import java.util.Optional;

import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Origin;

/** How the end of a batch looks to the schedule that has ordered it: as the end of a job. */
final class BatchEnds {

    /** In place of a job type; no plugin is called so. */
    private static final JobTypeName BATCH = JobTypeName.parse("leat:batch");

    private BatchEnds() {}

    /** The notice about a batch that has finished; empty where nobody is to be told. */
    static Optional<JobNotice> notice(Batch batch, Instant now) {
        return batch.spec()
                .origin()
                .filter(origin -> origin.kind() == Origin.Kind.SCHEDULE)
                .map(origin -> new JobNotice(origin, new JobId(batch.id().value()), BATCH, state(batch.status()),
                        Optional.empty(), batch.spec().refusal(), batch.startedAt(), now));
    }

    private static JobState state(BatchStatus status) {
        return switch (status) {
            case COMPLETED -> JobState.COMPLETED;
            case FAILED, ROLLBACK_FAILED -> JobState.FAILED;
            case REJECTED -> JobState.REJECTED;
            case CANCELLED, ROLLED_BACK -> JobState.CANCELLED;
            case RUNNING, STOPPING, CANCELLING, ROLLING_BACK ->
                throw new IllegalArgumentException("Expected a batch that has finished, but it is " + status);
        };
    }
}
