package dev.leat.worker.lease;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.lease.WorkerLease;

/**
 * Watches this worker's lease: while no heartbeat is acknowledged, others may soon take the worker for dead and give its
 * jobs to somebody else, so it stops its attempts before they do and claims nothing.
 *
 * <p>A process that was suspended may find its next heartbeat acknowledged before anybody has looked at the lease. So an
 * acknowledgement looks first: whatever was begun in an earlier {@linkplain WorkerLease term} is stopped, also where
 * nobody has seen the worker in doubt in between. What was claimed in an earlier term must not begin to run either ({@link
 * #holds}): its claim may have been given to another worker meanwhile, or its job may have been cancelled by somebody who
 * saw nobody run it.
 *
 * <p>All methods may be called from any thread. The monitor guards {@link #sure}; attempts are stopped outside of it.
 */
public final class LeaseWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseWatch.class);
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final Duration length;
    private final LongSupplier nanoTime;
    private final WorkerLease lease;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("leat-lease").factory());
    private volatile Runnable onDoubt = () -> {};
    /** Whether the worker was sure when somebody looked last. */
    private boolean sure;

    /**
     * Nothing is sure before the first heartbeat is acknowledged.
     *
     * @param length how long others wait for the next heartbeat
     * @param nanoTime {@link System#nanoTime}, which goes on while the process is suspended
     */
    public LeaseWatch(Duration length, LongSupplier nanoTime) {
        this.length = length;
        this.nanoTime = nanoTime;
        this.lease = new WorkerLease(length, nanoTime.getAsLong());
    }

    /**
     * Begins to look at the lease all the time. Called once, before the first heartbeat.
     *
     * @param stop stops what was begun in a term that no longer holds; called once at the end of each term, must not block
     */
    public void start(Runnable stop) {
        onDoubt = stop;
        var _ = thread.scheduleWithFixedDelay(this::look, PERIOD.toMillis(), PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            var _ = isSure();
        } catch (RuntimeException | Error e) { // An exception would end the watch for good.
            LOG.error("Expected to stop all attempts, but that failed", e);
        }
    }

    /** Whether the worker can be sure of its jobs now. Where it cannot any more, its attempts are stopped first. */
    public boolean isSure() {
        boolean ended;
        synchronized (this) {
            boolean now = lease.isSure(nanoTime.getAsLong());
            ended = sure && !now;
            sure = sure && now;
            if (!ended) {
                return now;
            }
        }
        stop();
        return false;
    }

    /** The number of the current term, or of the last one. */
    public long term() {
        return lease.term();
    }

    /** Whether the worker has been sure ever since that term was current. */
    public boolean holds(long term) {
        return isSure() && lease.holds(term, nanoTime.getAsLong());
    }

    /**
     * Kafka has acknowledged a heartbeat.
     *
     * @param sentNanos when it was sent, as {@link System#nanoTime} says
     */
    public void acknowledged(long sentNanos) {
        boolean ended;
        boolean begun;
        synchronized (this) {
            // One look at the clock: a suspension between two would go unnoticed.
            long now = nanoTime.getAsLong();
            ended = sure && !lease.isSure(now);
            lease.acknowledged(sentNanos, now);
            begun = (ended || !sure) && lease.isSure(now);
            sure = lease.isSure(now);
        }
        if (ended) {
            stop();
        }
        if (begun) {
            LOG.info("Kafka acknowledges the heartbeats of this worker; it claims jobs from now on");
        }
    }

    private void stop() {
        LOG.warn(
                "Expected Kafka to acknowledge a heartbeat well within the lease of {}, but it did not; this worker stops"
                        + " its attempts, hands their jobs back and claims nothing until it does",
                length);
        onDoubt.run();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
