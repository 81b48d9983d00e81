package dev.leat.domain.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;

/**
 * An operation that has been released.
 *
 * @param compensable whether its type declares how it is taken back
 * @param end how its job ended; empty while it has not
 * @param undo the job that takes it back; empty while there is none
 */
public record BatchMember(int index, JobId job, JobTypeName type, boolean compensable, Optional<End> end,
        Optional<Undo> undo) {

    private static final int MAX_MESSAGE = 500;

    /**
     * How its job ended.
     *
     * @param startedAt when its last attempt was claimed; empty where none was
     * @param result what it gave, where that is needed to take it back
     * @param sequence how many had completed before it; empty where it has not completed
     */
    public record End(JobState state, Optional<JobError> error, Optional<Instant> startedAt, Instant finishedAt,
            Optional<Json> result, Optional<Integer> sequence) {

        public End {
            error = error.map(whole -> whole.cut(MAX_MESSAGE, 1));
        }

        /** How long its last attempt ran; empty where none did. */
        public Optional<Duration> runTime() {
            return startedAt.map(start -> Duration.between(start, finishedAt))
                    .map(time -> time.isNegative() ? Duration.ZERO : time);
        }
    }

    /** The job that takes it back, and how that ended. */
    public record Undo(JobId job, Optional<JobState> state) {}

    /** An operation that is about to be released. */
    static BatchMember released(Operation operation) {
        return new BatchMember(operation.index(), operation.job(), operation.submission().type(),
                operation.compensation().isPresent(), Optional.empty(), Optional.empty());
    }

    /** An operation that nobody can read; its job and type are made up, as it has none. */
    static BatchMember unreadable(BatchId batch, int index) {
        return new BatchMember(index, Compensations.id("unreadable", batch, index),
                new JobTypeName("unknown", "unknown"), false, Optional.empty(), Optional.empty());
    }

    /** Whether its job may still run. */
    public boolean isOpen() {
        return end.isEmpty();
    }

    BatchMember ended(JobNotice notice, Optional<Integer> sequence) {
        return new BatchMember(index, job, type, compensable,
                Optional.of(new End(notice.state(), notice.error(), notice.startedAt(), notice.finishedAt(),
                        notice.result().filter(_ -> compensable), sequence)),
                undo);
    }

    BatchMember undoneBy(Undo step) {
        return new BatchMember(index, job, type, compensable, end, Optional.of(step));
    }
}
