package dev.leat.domain.lease;

import java.time.Duration;

/**
 * A worker's own view of its lease. It counts from when an acknowledged heartbeat was <em>sent</em>, others count from
 * when it arrived; and it gives up after {@value #SURE_PERCENT} percent of the lease, others after all of it. So a worker
 * that can still think has stopped before anybody else takes its jobs.
 *
 * <p>Time is cut into terms: one lasts while beats are acknowledged in time. What was begun in one term must not go on in
 * a later one, even if nobody has looked in between: a process that was suspended may have its next beat acknowledged
 * before any of its threads notices that the lease was lost meanwhile.
 *
 * <p>Invariant: while a claim's term {@linkplain #holds holds}, no observer that keeps time by its reads has taken the
 * worker for lost since the claim was made.
 *
 * <p>Times are nanoseconds of one monotonic clock, as {@link System#nanoTime()} gives them: it goes on while the process
 * is suspended. Thread-safe.
 */
public final class WorkerLease {

    private static final int SURE_PERCENT = 60;

    private final long sureNanos;
    private long lastSentNanos;
    private long term;

    /**
     * Begins at {@code nowNanos}, not sure before the first beat is acknowledged: others may not know this worker yet, nor
     * how long its lease is.
     *
     * @param lease how long others wait for the next beat
     */
    public WorkerLease(Duration lease, long nowNanos) {
        this.sureNanos = lease.toNanos() / 100 * SURE_PERCENT;
        this.lastSentNanos = nowNanos - sureNanos;
    }

    /**
     * Kafka has acknowledged a beat.
     *
     * @param sentNanos when it was handed to the client
     * @param nowNanos when the acknowledgement came, which is now
     */
    public synchronized void acknowledged(long sentNanos, long nowNanos) {
        if (nowNanos - sentNanos >= sureNanos) {
            return;
        }
        if (!isSure(nowNanos)) {
            term++;
        }
        if (sentNanos - lastSentNanos > 0) {
            lastSentNanos = sentNanos;
        }
    }

    /** Whether the worker can be sure that nobody takes its jobs. */
    public synchronized boolean isSure(long nowNanos) {
        return nowNanos - lastSentNanos < sureNanos;
    }

    /** The number of the current term, or of the last one; 0 before the first. */
    public synchronized long term() {
        return term;
    }

    /** Whether the worker has been sure ever since that term was current. */
    public synchronized boolean holds(long earlierTerm, long nowNanos) {
        return term == earlierTerm && isSure(nowNanos);
    }
}
