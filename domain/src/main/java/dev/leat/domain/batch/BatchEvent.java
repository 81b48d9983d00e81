package dev.leat.domain.batch;

import java.time.Instant;

/**
 * What happens to a batch from outside, on the batches topic. A batch and all of its operations are written in one
 * transaction, first {@link Opened}, then each {@link Item} in order; so whoever reads what is committed sees all or
 * nothing of it.
 */
public sealed interface BatchEvent {

    /** When it was asked for, on the clock of the one who asks. */
    Instant at();

    /** There is a new batch; its operations follow. */
    record Opened(BatchSpec spec) implements BatchEvent {

        @Override
        public Instant at() {
            return spec.submittedAt();
        }
    }

    /** One operation of it. */
    record Item(Operation operation) implements BatchEvent {

        @Override
        public Instant at() {
            return operation.submission().submittedAt();
        }
    }

    /** Release nothing more, and end what has been released. */
    record CancelRequested(Instant at) implements BatchEvent {}

    /** Cancel it, and then take back what has completed. */
    record RollbackRequested(Instant at) implements BatchEvent {}
}
