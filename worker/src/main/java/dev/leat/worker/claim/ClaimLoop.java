package dev.leat.worker.claim;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.worker.slot.SlotPool;

/**
 * The thread that claims. It owns the consumer; where that fails for good, it begins again with a new one after a pause,
 * while running attempts go on.
 *
 * <p>All methods may be called from any thread.
 */
public final class ClaimLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimLoop.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(30);
    /** How long a batch under way is waited for when the worker stops. */
    private static final Duration GIVE_UP = Duration.ofSeconds(3);

    private final ClaimSetup setup;
    private final SlotPool slots;
    private final ClaimIds claimIds;
    private final Thread thread = Thread.ofPlatform().daemon().name("leat-claim").unstarted(this::run);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile long stopAskedAt;
    private volatile Optional<ClaimSession> session = Optional.empty();

    public ClaimLoop(ClaimSetup setup) {
        this.setup = setup;
        this.slots = new SlotPool(setup.slots().all(), setup.slots().keptBack(), this::wake);
        this.claimIds = new ClaimIds(setup.worker());
        setup.plugins().onChange(this::wake);
    }

    /** The slots that this loop claims for. */
    public SlotPool slots() {
        return slots;
    }

    /** Joins the group and begins to claim; does nothing where it has been started or stopped. */
    public synchronized void start() {
        if (thread.getState() == Thread.State.NEW && !isStopping()) {
            thread.start();
        }
    }

    /**
     * Claims nothing more and leaves the group; returns when that is done. Attempts go on. Does nothing where it has
     * been stopped.
     */
    public void stop() throws InterruptedException {
        synchronized (this) {
            if (!isStopping()) {
                stopAskedAt = System.nanoTime();
                stopping.countDown();
            }
        }
        wake();
        thread.join();
    }

    /** Whether the worker is a member of its group, and so gets work where there is any. */
    public boolean isJoined() {
        return session.map(ClaimSession::isJoined).orElse(false);
    }

    /** Makes the loop look for work: something that kept jobs from starting may be over. Does not block. */
    public void wake() {
        session.ifPresent(ClaimSession::wake);
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private boolean givesUp() {
        return isStopping() && System.nanoTime() - stopAskedAt > GIVE_UP.toNanos();
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!isStopping()) {
            long start = System.nanoTime();
            try {
                ClaimSession next = new ClaimSession(setup, new ClaimSession.Surroundings(slots, claimIds,
                        this::givesUp), setup.clients().members().get());
                session = Optional.of(next);
                next.run(this::isStopping);
            } catch (RuntimeException | Error e) { // Whatever it is: attempts are running, and work is waiting.
                boolean lasted = System.nanoTime() - start > LAST_PAUSE.toNanos();
                pause = lasted ? FIRST_PAUSE : pause;
                LOG.error("Expected to go on claiming, but that failed; beginning again in {}", pause, e);
                awaitStop(pause);
                pause = pause.multipliedBy(2).compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
            } finally {
                session = Optional.empty();
            }
        }
    }

    private void awaitStop(Duration pause) {
        try {
            var _ = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            // Nobody has this thread but the loop; it ends by stop() alone.
        }
    }
}
