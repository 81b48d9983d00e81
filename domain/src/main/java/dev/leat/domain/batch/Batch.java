package dev.leat.domain.batch;

import java.time.Instant;
import java.util.Optional;

import dev.leat.domain.JobState;

/**
 * A batch as far as it has come. Immutable; only {@link BatchFlow} makes new ones from old ones.
 *
 * @param received whether all of its operations are there
 * @param released how many operations have been released: those with the lowest indexes
 * @param halt why nothing more is released; empty while more is
 * @param endFrom the first operation that may have to be asked to end and has not been; empty where none has
 * @param rollback how far the taking back has come; empty where nobody has asked for it or it has not begun
 * @param summarized whether the job that gets the summary has been submitted
 * @param startedAt when the first operation was released
 * @param finishedAt when everything had ended
 */
public record Batch(BatchId id, BatchSpec spec, boolean received, int released, Tally tally, Optional<Halt> halt,
        Optional<Integer> endFrom, Optional<Rollback> rollback, boolean summarized, Optional<Instant> startedAt,
        Optional<Instant> finishedAt) {

    /** Why nothing more is released, the weightiest reason last. */
    public enum Halt {
        /** An operation has failed. */
        FAILURE,
        /** Somebody has cancelled it. */
        CANCEL,
        /** Somebody wants it taken back. */
        ROLLBACK
    }

    static Batch opened(BatchId id, BatchSpec spec) {
        return new Batch(id, spec, spec.refusal().isPresent(), 0, Tally.of(spec), Optional.empty(), Optional.empty(),
                Optional.empty(),
                false, Optional.empty(), Optional.empty());
    }

    /** How many operations have been released and have not ended. */
    public int open() {
        return released - tally.total();
    }

    /** How many operations have been left out. */
    public int skipped() {
        return halt.isPresent() ? spec.total() - released : 0;
    }

    /** How many operations may yet be released. */
    public int waiting() {
        return halt.isPresent() ? 0 : spec.total() - released;
    }

    /** Whether no operation runs or ever will. */
    public boolean isSettled() {
        return received && open() == 0 && waiting() == 0;
    }

    /** Whether there is nothing left to do. */
    public boolean isFinished() {
        return finishedAt.isPresent();
    }

    /** How much has ended or been left out, 0 to 100. */
    public double percent() {
        return spec.total() == 0 ? 100 : 100.0 * (tally.total() + skipped()) / spec.total();
    }

    /** Where it stands, for people. */
    public BatchStatus status() {
        return isFinished() ? ending() : halt.map(Batch::halting).orElse(BatchStatus.RUNNING);
    }

    private static BatchStatus halting(Halt reason) {
        return switch (reason) {
            case FAILURE -> BatchStatus.STOPPING;
            case CANCEL -> BatchStatus.CANCELLING;
            case ROLLBACK -> BatchStatus.ROLLING_BACK;
        };
    }

    private BatchStatus ending() {
        if (spec.refusal().isPresent()) {
            return BatchStatus.REJECTED;
        }
        if (rollback.isPresent()) {
            return rollback.get().failed() == 0 ? BatchStatus.ROLLED_BACK : BatchStatus.ROLLBACK_FAILED;
        }
        if (halt.equals(Optional.of(Halt.CANCEL))) {
            return BatchStatus.CANCELLED;
        }
        return tally.of(JobState.COMPLETED) == spec.total() ? BatchStatus.COMPLETED : BatchStatus.FAILED;
    }

    Batch withReceived() {
        return new Batch(id, spec, true, released, tally, halt, endFrom, rollback, summarized, startedAt, finishedAt);
    }

    Batch withReleased(int count, Instant now) {
        return new Batch(id, spec, received, count, tally, halt, endFrom, rollback, summarized,
                startedAt.or(() -> Optional.of(now)), finishedAt);
    }

    Batch withTally(Tally counted) {
        return new Batch(id, spec, received, released, counted, halt, endFrom, rollback, summarized, startedAt,
                finishedAt);
    }

    Batch withHalt(Halt reason, Optional<Integer> from) {
        return new Batch(id, spec, received, released, tally, Optional.of(reason), from, rollback, summarized,
                startedAt, finishedAt);
    }

    Batch withEndFrom(Optional<Integer> from) {
        return new Batch(id, spec, received, released, tally, halt, from, rollback, summarized, startedAt, finishedAt);
    }

    Batch withRollback(Rollback step) {
        return new Batch(id, spec, received, released, tally, halt, endFrom, Optional.of(step), summarized, startedAt,
                finishedAt);
    }

    Batch withSummarized() {
        return new Batch(id, spec, received, released, tally, halt, endFrom, rollback, true, startedAt, finishedAt);
    }

    Batch withFinishedAt(Optional<Instant> at) {
        return new Batch(id, spec, received, released, tally, halt, endFrom, rollback, summarized, startedAt, at);
    }
}
