package dev.leat.plugin.test;

import dev.leat.domain.Checkpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All that a handler says in one attempt.
 *
 * <p>Invariant: each list is in the order in which it was said, and nothing is added after the attempt's end. Thread-safe;
 * {@link #lock} guards all of it.
 */
final class Transcript {

    /**
     * What was said until a moment. Immutable.
     *
     * @param enqueued all requests, also those that ask again for a job
     * @param batches all requests, likewise
     * @param refusals what the context refused by an exception
     * @param losses what of the log is not kept as it was written
     */
    record Said(List<ProgressReport> progress, List<Checkpoint> checkpoints, List<LogEntry> log,
            List<EnqueuedJob> enqueued, List<EnqueuedBatch> batches, List<String> refusals, List<String> losses) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<ProgressReport> progress = new ArrayList<>();
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private final List<LogEntry> log = new ArrayList<>();
    private final List<EnqueuedJob> enqueued = new ArrayList<>();
    private final List<EnqueuedBatch> batches = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();
    private boolean closed;

    /** Gives its number, from 1 on; 0 where the attempt has ended and nobody listens. */
    int report(ProgressReport report) {
        return add(progress, report);
    }

    void leave(Checkpoint checkpoint) {
        var _ = add(checkpoints, checkpoint);
    }

    void log(LogEntry line) {
        var _ = add(log, line);
    }

    void enqueue(EnqueuedJob job) {
        var _ = add(enqueued, job);
    }

    void enqueue(EnqueuedBatch batch) {
        var _ = add(batches, batch);
    }

    void refuse(String refusal) {
        var _ = add(refusals, refusal);
    }

    void lose(String loss) {
        var _ = add(losses, loss);
    }

    private <T> int add(List<T> list, T item) {
        lock.lock();
        try {
            if (closed) {
                return 0;
            }
            list.add(item);
            changed.signalAll();
            return list.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing any more: the attempt has ended. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the attempt has ended. */
    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for so many reports of progress.
     *
     * @return whether there were as many before the attempt ended and before the time was over
     */
    boolean awaitReports(int number, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (progress.size() < number && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return progress.size() >= number;
        } finally {
            lock.unlock();
        }
    }

    /** All that was said so far. */
    Said said() {
        lock.lock();
        try {
            return new Said(List.copyOf(progress), List.copyOf(checkpoints), List.copyOf(log), List.copyOf(enqueued),
                    List.copyOf(batches), List.copyOf(refusals), List.copyOf(losses));
        } finally {
            lock.unlock();
        }
    }
}
