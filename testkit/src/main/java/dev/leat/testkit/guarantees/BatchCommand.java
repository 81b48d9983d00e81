package dev.leat.testkit.guarantees;

import java.time.Instant;
import java.util.Optional;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Origin;
import dev.leat.domain.Submission;
import dev.leat.testkit.guarantees.History.RecordedFact;

/**
 * The first command of a job on a batch's behalf.
 *
 * @param pending whether it went to the pending topic, so that another one follows in its lane
 */
record BatchCommand(JobId job, Origin origin, Submission submission, boolean pending, Optional<Instant> written) {

    /** The command that this fact is; empty where it is anything else. */
    static Optional<BatchCommand> of(RecordedFact recorded) {
        return switch (recorded.fact()) {
            case Fact.JobScheduled(var submission) -> of(recorded, submission, true);
            case Fact.JobQueued queued when queued.attempt() == 1 -> of(recorded, queued.submission(), false);
            default -> Optional.empty();
        };
    }

    private static Optional<BatchCommand> of(RecordedFact recorded, Submission submission, boolean pending) {
        return submission.origin()
                .filter(origin -> origin.kind() != Origin.Kind.SCHEDULE && origin.kind() != Origin.Kind.JOB)
                .map(origin -> new BatchCommand(recorded.job(), origin, submission, pending, recorded.written()));
    }
}
