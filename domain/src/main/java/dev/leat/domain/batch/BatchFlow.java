package dev.leat.domain.batch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.JobError;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.Origin;

/**
 * What becomes of a batch when something happens to it, and what it does next by itself.
 *
 * <pre>
 *   opened ─▶ items ─▶ release ─▶ … ─▶ settled ─▶ (take back) ─▶ (summary) ─▶ finished ─▶ (take back) ─▶ finished
 *                        ▲      │
 *                        └──────┘ notices: each operation that ends makes room for another
 * </pre>
 *
 * <p>Invariants:
 * <ul>
 * <li>Operations are released in the order of their indexes, each once; {@link Batch#released} counts them.
 * <li>Never are more than the batch's concurrency, or the window, released and not ended.
 * <li>After the first failure of a batch that stops, after a cancellation and after a rollback nothing more is released.
 * <li>Each operation is counted once, by the first notice of its job.
 * <li>Completed operations are taken back one after the other, the last one first, each once; a job that takes one back
 * is submitted when the one before has ended, and not before all operations have ended.
 * <li>Whoever has ordered the batch is told of its end; once more where it is taken back afterwards.
 * <li>The job that gets the summary is submitted once: when all operations have ended, and what was to be taken back by
 * then has been.
 * </ul>
 *
 * <p>Pure and thread-safe.
 *
 * @param window how many operations of one batch may be released and not ended, whatever its own options say: so long can
 *        another job of the plugin find their queue to be
 */
public record BatchFlow(int window) {

    /** The batch, as the first word of it has come; it stays as it is where more than one comes. */
    public Batch opened(BatchId id, Optional<Batch> known, BatchSpec spec) {
        return known.orElseGet(() -> Batch.opened(id, spec));
    }

    /** One of its operations has been stored. They come in order. */
    public Batch received(Batch batch, int index) {
        return index == batch.spec().total() - 1 ? batch.withReceived() : batch;
    }

    /** Somebody wants it to end; nothing where everything has ended already, or is being taken back. */
    public Batch cancelled(Batch batch) {
        boolean late = batch.isFinished() || batch.halt().filter(reason -> reason != Batch.Halt.FAILURE).isPresent();
        return late ? batch : batch.withHalt(Batch.Halt.CANCEL, Optional.of(0));
    }

    /** Somebody wants it taken back; nothing where that is under way or done. */
    public Batch rollbackRequested(Batch batch) {
        return batch.halt().equals(Optional.of(Batch.Halt.ROLLBACK))
                ? batch
                : batch.withHalt(Batch.Halt.ROLLBACK, Optional.of(0)).withFinishedAt(Optional.empty());
    }

    /** A job of the batch has ended. */
    public BatchChange notified(Batch batch, JobNotice notice, BatchMembers members) {
        Optional<BatchMember> member = members.member(Math.toIntExact(notice.origin().index()));
        return switch (notice.origin().kind()) {
            case BATCH -> member.filter(known -> known.isOpen() && known.job().equals(notice.job()))
                    .map(known -> ended(batch, known, notice))
                    .orElseGet(() -> BatchChange.of(batch));
            case COMPENSATION -> member.filter(known -> isUndoneBy(known, notice))
                    .map(known -> undone(batch, known, notice))
                    .orElseGet(() -> BatchChange.of(batch));
            case SUMMARY, SCHEDULE, JOB, RETRY -> BatchChange.of(batch);
        };
    }

    private static BatchChange ended(Batch batch, BatchMember member, JobNotice notice) {
        boolean completed = notice.state() == JobState.COMPLETED;
        BatchMember after = member.ended(notice,
                completed ? Optional.of(batch.tally().completed()) : Optional.empty());
        Batch counted = batch.withTally(batch.tally()
                .and(member.type(), notice.state(), after.end().flatMap(BatchMember.End::runTime)));
        List<BatchEffect> effects = new ArrayList<>(List.of(new BatchEffect.Keep(after)));
        if (member.compensable() && !completed) {
            effects.add(new BatchEffect.Drop(member.index()));
        }
        return new BatchChange(stoppedBy(notice.state(), counted), effects);
    }

    private static Batch stoppedBy(JobState state, Batch batch) {
        boolean failure = state != JobState.COMPLETED && state != JobState.CANCELLED;
        boolean stops = batch.spec().options().onFailure() == BatchOptions.OnFailure.STOP && batch.halt().isEmpty();
        return failure && stops ? batch.withHalt(Batch.Halt.FAILURE, Optional.empty()) : batch;
    }

    private static boolean isUndoneBy(BatchMember member, JobNotice notice) {
        return member.undo().filter(undo -> undo.state().isEmpty() && undo.job().equals(notice.job())).isPresent();
    }

    private static BatchChange undone(Batch batch, BatchMember member, JobNotice notice) {
        Rollback rollback = batch.rollback().orElseThrow();
        return BatchChange.of(batch.withRollback(rollback.end(notice.state() == JobState.COMPLETED)),
                new BatchEffect.Keep(member.undoneBy(new BatchMember.Undo(notice.job(), Optional.of(notice.state())))),
                new BatchEffect.Drop(member.index()));
    }

    /** The next thing that the batch does by itself; empty where it has to wait for something to happen. */
    public Optional<BatchChange> next(Batch batch, BatchMembers members, Instant now) {
        if (!batch.received() || batch.isFinished()) {
            return Optional.empty();
        }
        if (batch.endFrom().isPresent()) {
            return Optional.of(askToEnd(batch, batch.endFrom().get(), members));
        }
        if (batch.waiting() > 0) {
            return batch.open() < limit(batch) ? Optional.of(release(batch, members, now)) : Optional.empty();
        }
        return batch.isSettled() ? afterwards(batch, members, now) : Optional.empty();
    }

    private int limit(Batch batch) {
        return Math.min(window, batch.spec().options().concurrency().orElse(window));
    }

    private static BatchChange askToEnd(Batch batch, int from, BatchMembers members) {
        return members.openFrom(from)
                .map(member -> BatchChange.of(batch.withEndFrom(Optional.of(member.index() + 1)),
                        new BatchEffect.End(member.job())))
                .orElseGet(() -> BatchChange.of(batch.withEndFrom(Optional.empty())));
    }

    private static BatchChange release(Batch batch, BatchMembers members, Instant now) {
        int index = batch.released();
        Batch released = batch.withReleased(index + 1, now);
        return members.operation(index)
                .map(operation -> release(released, operation))
                .orElseGet(() -> unreadable(released, index, now));
    }

    private static BatchChange release(Batch batch, Operation operation) {
        List<BatchEffect> effects = new ArrayList<>(
                List.of(new BatchEffect.Submit(operation.job(), operation.submission()),
                        new BatchEffect.Keep(BatchMember.released(operation))));
        if (operation.compensation().isEmpty()) {
            effects.add(new BatchEffect.Drop(operation.index()));
        }
        return new BatchChange(batch, effects);
    }

    /** Only where somebody else has written to the topic: an operation that nobody can read must not hold up the others. */
    private static BatchChange unreadable(Batch batch, int index, Instant now) {
        BatchMember member = BatchMember.unreadable(batch.id(), index);
        Origin origin = new Origin(Origin.Kind.BATCH, batch.id().toString(), index);
        return ended(batch, member, new JobNotice(origin, member.job(), member.type(), JobState.REJECTED,
                Optional.empty(), Optional.of(JobError.of("unreadable", "Expected an operation, but cannot read it")),
                Optional.empty(), now));
    }

    private static Optional<BatchChange> afterwards(Batch batch, BatchMembers members, Instant now) {
        if (batch.halt().equals(Optional.of(Batch.Halt.ROLLBACK))) {
            Rollback rollback = batch.rollback().orElseGet(() -> Rollback.of(batch.tally().completed()));
            if (rollback.running()) {
                return Optional.empty();
            }
            if (!rollback.hasEnded()) {
                return Optional.of(takeBack(batch, rollback, members, now));
            }
            return Optional.of(finish(batch.withRollback(rollback), now));
        }
        return Optional.of(finish(batch, now));
    }

    private static BatchChange takeBack(Batch batch, Rollback rollback, BatchMembers members, Instant now) {
        Optional<BatchMember> last = members.completed(rollback.left() - 1).filter(BatchMember::compensable);
        Optional<Operation> operation = last.flatMap(member -> members.operation(member.index()));
        if (last.isEmpty() || operation.isEmpty()) {
            return BatchChange.of(batch.withRollback(rollback.passOver()));
        }
        BatchEffect.Submit job = Compensations.of(batch.id(), operation.get(), last.get(), now);
        return BatchChange.of(batch.withRollback(rollback.begin()), job,
                new BatchEffect.Keep(last.get().undoneBy(new BatchMember.Undo(job.job(), Optional.empty()))));
    }

    private static BatchChange finish(Batch batch, Instant now) {
        Batch finished = batch.withFinishedAt(Optional.of(now));
        List<BatchEffect> effects = new ArrayList<>();
        BatchEnds.notice(finished, now).map(BatchEffect.Tell::new).ifPresent(effects::add);
        Optional<BatchSpec.SummaryJob> summary = batch.spec().onCompletion().filter(_ -> !batch.summarized());
        summary.map(job -> new BatchEffect.Submit(job.id(), Summaries.of(finished, job.submission(), now)))
                .ifPresent(effects::add);
        return new BatchChange(summary.isPresent() ? finished.withSummarized() : finished, effects);
    }
}
