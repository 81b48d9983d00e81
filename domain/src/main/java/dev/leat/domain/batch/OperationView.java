package dev.leat.domain.batch;

import java.time.Instant;
import java.util.Optional;

import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;

/**
 * What people and programs see of one operation of a batch over HTTP; more is in its job.
 *
 * @param status {@value #WAITING}, {@value #RELEASED}, {@value #SKIPPED}, or how the job ended,
 *        {@link JobState#wireName()}
 * @param compensation the job that takes it back
 */
public record OperationView(int index, JobId jobId, JobTypeName type, String status, Optional<JobError> error,
        Optional<Instant> startedAt, Optional<Instant> finishedAt, Optional<CompensationView> compensation) {

    /** The operation has not been released: there is no job yet. */
    public static final String WAITING = "waiting";
    /** The job is there and has not ended. */
    public static final String RELEASED = "released";
    /** The operation will never be released. */
    public static final String SKIPPED = "skipped";

    /**
     * The job that takes an operation back.
     *
     * @param status {@value OperationView#RELEASED}, or how that job ended
     */
    public record CompensationView(JobId jobId, String status) {}

    /** Shows an operation that has been released. */
    public static OperationView of(BatchMember member) {
        Optional<BatchMember.End> end = member.end();
        return new OperationView(member.index(), member.job(), member.type(), status(end.map(BatchMember.End::state)),
                end.flatMap(BatchMember.End::error), end.flatMap(BatchMember.End::startedAt),
                end.map(BatchMember.End::finishedAt),
                member.undo().map(undo -> new CompensationView(undo.job(), status(undo.state()))));
    }

    /** Shows an operation that has not been released. */
    public static OperationView of(Batch batch, Operation operation) {
        return new OperationView(operation.index(), operation.job(), operation.submission().type(),
                batch.halt().isPresent() ? SKIPPED : WAITING, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    private static String status(Optional<JobState> end) {
        return end.map(JobState::wireName).orElse(RELEASED);
    }
}
