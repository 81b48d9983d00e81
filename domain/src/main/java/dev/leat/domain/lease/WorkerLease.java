package dev.leat.domain.lease;

import java.time.Duration;

/**
 * A worker's own view of its lease. It counts from when an acknowledged heartbeat was <em>sent</em>, others count from
 * when it arrived; and it gives up after {@value #SURE_PERCENT} percent of the lease, others after all of it. So a worker
 * that can still think has stopped before anybody else takes its jobs.
 *
 * <p>Times are nanoseconds of one monotonic clock, as {@link System#nanoTime()} gives them: it goes on while the process
 * is suspended. Thread-safe.
 */
public final class WorkerLease {

    private static final int SURE_PERCENT = 60;

    private final long sureNanos;
    private long lastSentNanos;

    /**
     * Begins at {@code nowNanos}, as if a beat had just been acknowledged: nothing can have been claimed before.
     *
     * @param lease how long others wait for the next beat
     */
    public WorkerLease(Duration lease, long nowNanos) {
        this.sureNanos = lease.toNanos() / 100 * SURE_PERCENT;
        this.lastSentNanos = nowNanos;
    }

    /** Kafka has acknowledged the beat that was sent then. */
    public synchronized void acknowledged(long sentNanos) {
        if (sentNanos - lastSentNanos > 0) {
            lastSentNanos = sentNanos;
        }
    }

    /** Whether the worker can be sure that nobody takes its jobs. */
    public synchronized boolean isSure(long nowNanos) {
        return nowNanos - lastSentNanos < sureNanos;
    }
}
