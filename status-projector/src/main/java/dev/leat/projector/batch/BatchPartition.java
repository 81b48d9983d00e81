package dev.leat.projector.batch;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import dev.leat.domain.JobId;
import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchStatus;
import dev.leat.projector.index.ListPosition;

/**
 * What this instance knows of the batches of one partition while it sees to them. The task's stream thread is the only
 * writer; any thread may read.
 */
public final class BatchPartition {

    private static final long NOTHING = -1;

    private final int partition;
    private final ConcurrentNavigableMap<ListPosition, Listed> all = new ConcurrentSkipListMap<>();
    /** The offset after the last record of the batches topic that was taken in. */
    private final AtomicLong takenIn = new AtomicLong(NOTHING);

    private record Listed(BatchId id, BatchStatus status) {}

    BatchPartition(int partition) {
        this.partition = partition;
    }

    public int partition() {
        return partition;
    }

    /** Where a batch stands in lists: newest first. */
    public static ListPosition positionOf(Batch batch) {
        return ListPosition.of(batch.spec().submittedAt(), new JobId(batch.id().value()));
    }

    /** Takes in a batch that is new, or has become another. */
    void add(Batch batch) {
        all.put(positionOf(batch), new Listed(batch.id(), batch.status()));
    }

    void remove(Batch batch) {
        all.remove(positionOf(batch));
    }

    void recordTakenIn(long offset) {
        takenIn.set(offset + 1);
    }

    /** The offset after the last record of the batches topic since the task began; empty where there was none. */
    public OptionalLong takenInUpTo() {
        long next = takenIn.get();
        return next == NOTHING ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /**
     * The batches, newest first, from the first one after {@code cursor}. Read lazily; one whose status changes meanwhile
     * is seen in its old or its new one.
     *
     * @param status of which they are; empty for all
     */
    public Stream<BatchId> newest(Optional<BatchStatus> status, Optional<ListPosition> cursor) {
        return cursor.map(last -> all.tailMap(last, false))
                .orElse(all)
                .values()
                .stream()
                .filter(listed -> status.isEmpty() || status.get() == listed.status())
                .map(Listed::id);
    }
}
