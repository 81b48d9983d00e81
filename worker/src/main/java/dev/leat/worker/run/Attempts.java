package dev.leat.worker.run;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.ClaimId;
import dev.leat.domain.EndReason;
import dev.leat.domain.JobId;
import dev.leat.worker.lease.LeaseWatch;
import dev.leat.worker.shared.Surroundings;

/**
 * The attempts that this worker has claimed and that have not been concluded, and those whose handlers go on all the
 * same. No reason to stop is missed: an attempt is put in before the reasons are looked at, and a reason is noted before
 * the attempts are looked at.
 *
 * <p>Thread-safe; {@link #lock} guards the lost attempts, and is for those who wait for the last one to be concluded.
 */
public final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /**
     * How far attempts may go.
     *
     * @param grace how long a handler that has been told to stop may go on
     * @param maxResultBytes how long a result may be, in bytes of UTF-8
     */
    public record Limits(Duration grace, long maxResultBytes) {}

    private final Map<ClaimId, RunningAttempt> open = new ConcurrentHashMap<>();
    private final Set<RunningAttempt> lost = new HashSet<>();
    private final WantedEnds ends;
    private final ClosedClaims closedClaims = new ClosedClaims();
    private final Duration grace;
    private final RunningAttempt.Shared shared;
    private final AttemptTimer timer = new AttemptTimer();
    private final ScheduledExecutorService reportsThread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("leat-reports").factory());
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /**
     * None yet.
     *
     * @param ends the jobs that are not to run
     * @param lease of this worker; nothing begins to run while it is not sure
     * @param surroundings what handlers reach beyond their attempt, and the clock
     */
    public Attempts(WantedEnds ends, LeaseWatch lease, FactOutbox outbox, Surroundings surroundings, Limits limits) {
        this.ends = ends;
        this.grace = limits.grace();
        this.shared = new RunningAttempt.Shared(new OutcomeFacts(limits.maxResultBytes()), outbox,
                new Reporter.Shared(outbox, reportsThread, surroundings.clock()), timer, limits.grace(), lease,
                surroundings, new Bookkeeper());
    }

    /**
     * Takes in an attempt whose claim was won. It does not run before it is started.
     *
     * @param term of the lease, from before its claim was begun
     */
    public RunningAttempt admit(ClaimedAttempt claimed, long term) {
        RunningAttempt attempt = new RunningAttempt(claimed, term, shared);
        open.put(claimed.claim(), attempt);
        ends.unwanted(claimed.job(), claimed.number()).map(StopReason::of).ifPresent(attempt::stop);
        if (closedClaims.contains(claimed.claim())) {
            attempt.stop(StopReason.CLAIM_CLOSED);
        }
        return attempt;
    }

    /** Ends the job's attempt, where it has one here. Call it after the reason is among the wanted ends. */
    public void end(JobId job, EndReason reason) {
        open.values()
                .stream()
                .filter(attempt -> attempt.claimed().job().equals(job))
                .filter(attempt -> reason != EndReason.EXPIRE || attempt.claimed().number() == 1)
                .forEach(attempt -> attempt.stop(StopReason.of(reason)));
    }

    /** Stops what runs under the claim, here or soon: it does not count any more. */
    public void stopClaim(ClaimId claim) {
        closedClaims.add(claim);
        Optional.ofNullable(open.get(claim)).ifPresent(attempt -> {
            LOG.warn("Expected {} to count, but the projector has given up its claim; it is stopped",
                    attempt.claimed());
            attempt.stop(StopReason.CLAIM_CLOSED);
        });
    }

    /** Stops the attempts whose term of the lease is over and hands their jobs back. Does not block. */
    public void handBack() {
        open.values()
                .stream()
                .filter(attempt -> !shared.lease().holds(attempt.term()))
                .forEach(attempt -> attempt.stop(StopReason.LEASE_DOUBTED));
    }

    /** How many there are that have not been concluded. */
    public int count() {
        return open.size();
    }

    /** How many slots are held by handlers that did not end when they had to. */
    public int lost() {
        lock.lock();
        try {
            return lost.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets the attempts finish. Those that have not after the timeout are told to stop, and hand their jobs back. Of those
     * whose handlers do not stop within the grace time nothing more is heard. Called once, at the end.
     *
     * @return whether all are concluded, and so nothing is held any more
     */
    public boolean drain(Duration timeout) throws InterruptedException {
        boolean all = true;
        if (!awaitNone(timeout)) {
            open.values().forEach(attempt -> {
                LOG.warn("Expected {} to end within {} of the stop, but it still runs and is stopped",
                        attempt.claimed(), timeout);
                attempt.stop(StopReason.WORKER_STOPS);
            });
            all = awaitNone(grace) || giveUpAll();
        }
        timer.close();
        reportsThread.shutdownNow();
        return all;
    }

    private boolean giveUpAll() {
        List<RunningAttempt> deaf = open.values().stream().filter(RunningAttempt::giveUp).toList();
        deaf.forEach(attempt -> LOG.error("Expected {} to stop within {}, but its handler still runs; its job goes on"
                + " elsewhere when this worker's lease has run out", attempt.claimed(), grace));
        return deaf.isEmpty();
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

    /** Keeps the books as attempts come to their ends. */
    private final class Bookkeeper implements RunningAttempt.Listener {

        @Override
        public void concluded(RunningAttempt attempt) {
            open.remove(attempt.claimed().claim());
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void lost(RunningAttempt attempt) {
            lock.lock();
            try {
                if (!attempt.hasEnded() && lost.add(attempt)) {
                    LOG.error("Expected {} to stop within {} of being told to, but its handler still runs: its slot is"
                            + " lost until that ends", attempt.claimed(), grace);
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void ended(RunningAttempt attempt) {
            lock.lock();
            try {
                if (lost.remove(attempt)) {
                    LOG.warn("The handler of {} has ended at last; its slot is free again", attempt.claimed());
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
