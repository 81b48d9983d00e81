package dev.leat.worker.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.ClaimId;
import dev.leat.domain.JobId;
import dev.leat.worker.run.OutcomeFacts.StopReason;

/**
 * The attempts that this worker has claimed and that have not ended. No cancellation is missed: an attempt is put in
 * before the set of cancelled jobs is looked at, and a cancellation is put into that set before the attempts are.
 *
 * <p>Thread-safe; {@link #lock} is only for those who wait for the last one to end.
 */
public final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    /** What an attempt gets to hear that it has to stop, before it is ended without its handler. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Map<ClaimId, RunningAttempt> open = new ConcurrentHashMap<>();
    private final Cancellations cancellations;
    private final RunningAttempt.Shared shared;
    private final ScheduledExecutorService progressThread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("leat-progress").factory());
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /**
     * None yet.
     *
     * @param maxResultBytes how long a result may be, in bytes of UTF-8
     */
    public Attempts(Cancellations cancellations, FactOutbox outbox, InstantSource clock, long maxResultBytes) {
        this.cancellations = cancellations;
        this.shared = new RunningAttempt.Shared(new OutcomeFacts(maxResultBytes), outbox,
                new ProgressReporter.Shared(outbox, progressThread, clock), this::ended);
    }

    /** Takes in an attempt whose claim was won. It does not run before it is started. */
    public RunningAttempt admit(ClaimedAttempt claimed) {
        RunningAttempt attempt = new RunningAttempt(claimed, shared);
        open.put(claimed.claim(), attempt);
        if (cancellations.contains(claimed.job())) {
            attempt.stop(StopReason.CANCELLED);
        }
        return attempt;
    }

    /** Stops the job's attempt, where it has one here. Call it after the cancellation is in the set. */
    public void cancel(JobId job) {
        open.values()
                .stream()
                .filter(attempt -> attempt.claimed().job().equals(job))
                .forEach(attempt -> attempt.stop(StopReason.CANCELLED));
    }

    /** How many there are. */
    public int count() {
        return open.size();
    }

    private void ended(RunningAttempt attempt) {
        open.remove(attempt.claimed().claim());
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets the attempts finish. Those that have not after the timeout are asked to stop, and then ended as failed: an
     * attempt must not stay open when its worker is gone.
     */
    public void drain(Duration timeout) throws InterruptedException {
        if (!awaitNone(timeout)) {
            List.copyOf(open.values()).forEach(attempt -> {
                LOG.warn("Expected {} to end within {} of the stop, but it still runs and is stopped",
                        attempt.claimed(), timeout);
                attempt.stop(StopReason.WORKER_STOPS);
            });
            if (!awaitNone(GRACE)) {
                List.copyOf(open.values()).forEach(RunningAttempt::abandon);
            }
        }
        progressThread.shutdownNow();
    }

    private boolean awaitNone(Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            while (!open.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return open.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
