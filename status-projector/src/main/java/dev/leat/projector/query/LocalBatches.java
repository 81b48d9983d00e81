package dev.leat.projector.query;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchStatus;
import dev.leat.domain.batch.BatchView;
import dev.leat.domain.batch.OperationView;
import dev.leat.domain.estimate.Estimates;
import dev.leat.projector.batch.BatchPartition;
import dev.leat.projector.batch.MemberKey;
import dev.leat.projector.batch.MemberKey.Kind;
import dev.leat.projector.batch.OwnedBatches;
import dev.leat.projector.index.FoldSignals;
import dev.leat.projector.index.ListPosition;
import dev.leat.projector.index.OwnedPartitions;
import dev.leat.runtime.kafka.PartitionOf;

/** Answers from the batches of this instance. Thread-safe; callers may block, for as long as they say. */
final class LocalBatches {

    private static final int SHOWN_FAILURES = 20;

    private final StoredBatches stored;
    private final OwnedBatches owned;
    /** For how long jobs ran. */
    private final OwnedPartitions jobs;
    private final FoldSignals<BatchId> signals;
    private final Serving.Place place;

    LocalBatches(StoredBatches stored, OwnedBatches owned, OwnedPartitions jobs, FoldSignals<BatchId> signals,
            Serving.Place place) {
        this.stored = stored;
        this.owned = owned;
        this.jobs = jobs;
        this.signals = signals;
        this.place = place;
    }

    int partitionOf(BatchId id) {
        return PartitionOf.key(id.toString(), place.partitions());
    }

    boolean owns(BatchId id) {
        return owned.find(partitionOf(id)).isPresent();
    }

    /** The batch, with what the record at the position says; as it is then where that takes longer than the timeout. */
    Optional<Batch> findAt(CommandPosition position, BatchId id, Duration timeout) throws InterruptedException {
        BatchPartition view = view(id);
        signals.await(id, () -> isGone(view) || isTakenIn(position, view), timeout);
        return find(id);
    }

    private static boolean isTakenIn(CommandPosition position, BatchPartition view) {
        return view.takenInUpTo().orElse(0) > position.offset();
    }

    /** The batch, as soon as it has come. */
    Optional<Batch> findWithin(BatchId id, Duration timeout) throws InterruptedException {
        BatchPartition view = view(id);
        signals.await(id, () -> isGone(view) || find(id).isPresent(), timeout);
        return find(id);
    }

    /** The batch; empty where it has not come, or has been forgotten. */
    Optional<Batch> find(BatchId id) {
        view(id);
        return stored.find(partitionOf(id), id);
    }

    private BatchPartition view(BatchId id) {
        int partition = partitionOf(id);
        return owned.find(partition).orElseThrow(() -> QueryProblems.inTransition("partition " + partition));
    }

    private boolean isGone(BatchPartition view) {
        return owned.find(view.partition()).filter(view::equals).isEmpty();
    }

    /** The batch with its first failures. */
    BatchView view(Batch batch, Instant now) {
        int partition = partitionOf(batch.id());
        return BatchView.of(batch, Estimates.ofBatch(batch, jobs::runTimes, now),
                Optional.of(stored.walk(partition, new MemberKey(batch.id(), Kind.FAILED, 0),
                        (index, _) -> stored.member(partition, batch.id(), index).map(OperationView::of),
                        SHOWN_FAILURES)));
    }

    /** The operations that match, by index, at most {@code limit}. */
    List<OperationView> operations(Batch batch, OperationsQuestion question, int limit) {
        List<OperationView> page = new ArrayList<>();
        if (question.wantsReleased() && question.from() < batch.released()) {
            page.addAll(released(batch, question, limit));
        }
        if (question.wantsUnreleased() && page.size() < limit) {
            page.addAll(unreleased(batch, question, limit - page.size()));
        }
        return page;
    }

    private List<OperationView> released(Batch batch, OperationsQuestion question, int limit) {
        int partition = partitionOf(batch.id());
        if (question.isAboutFailures() || question.isAboutOpen()) {
            Kind kind = question.isAboutOpen() ? Kind.OPEN : Kind.FAILED;
            return stored.walk(partition, new MemberKey(batch.id(), kind, question.from()),
                    (index, _) -> stored.member(partition, batch.id(), index)
                            .map(OperationView::of)
                            .filter(question::matches),
                    limit);
        }
        return stored.walk(partition, new MemberKey(batch.id(), Kind.MEMBER, question.from()),
                (_, value) -> stored.member(value).map(OperationView::of).filter(question::matches), limit);
    }

    private List<OperationView> unreleased(Batch batch, OperationsQuestion question, int limit) {
        int from = Math.max(question.from(), batch.released());
        return stored.walk(partitionOf(batch.id()), new MemberKey(batch.id(), Kind.OPERATION, from),
                (_, value) -> stored.operation(value)
                        .map(operation -> OperationView.of(batch, operation))
                        .filter(question::matches),
                limit);
    }

    /** The newest batches of all partitions here, at most {@code limit}; each is looked up, so none is out of date. */
    List<ListPart.Entry> list(Optional<BatchStatus> status, Optional<ListPosition> cursor, int limit) {
        Iterator<Entry> newest = Merge.sorted(owned.all()
                .stream()
                .map(view -> view.newest(status, cursor)
                        .flatMap(id -> entry(id).stream())
                        .filter(entry -> status.isEmpty() || status.get() == entry.batch().status())
                        .iterator())
                .toList(), Comparator.comparing(Entry::position));
        List<ListPart.Entry> page = new ArrayList<>();
        while (page.size() < limit && newest.hasNext()) {
            Entry next = newest.next();
            page.add(new ListPart.Entry(next.position(),
                    BatchView.of(next.batch(), Optional.empty(), Optional.empty())));
        }
        return page;
    }

    private record Entry(ListPosition position, Batch batch) {}

    private Optional<Entry> entry(BatchId id) {
        return find(id).map(batch -> new Entry(BatchPartition.positionOf(batch), batch));
    }

    /** The numbers of the partitions that are here now. */
    List<Integer> partitions() {
        Collection<BatchPartition> all = owned.all();
        return all.stream().map(BatchPartition::partition).toList();
    }
}
