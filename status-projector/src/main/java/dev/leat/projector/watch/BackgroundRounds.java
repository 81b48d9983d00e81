package dev.leat.projector.watch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one thing again and again on a daemon thread of its own, for as long as it is wanted; a round that fails is
 * followed by the next one. Starts once and stops once; both may be called repeatedly and from any thread.
 */
final class BackgroundRounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundRounds.class);
    private static final Duration JOIN = Duration.ofSeconds(2);

    private final String what;
    private final Duration pause;
    private final Round round;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    /** Owned by the thread. */
    private boolean failing;

    /** One round; may block for a while, and may be interrupted. */
    @FunctionalInterface
    interface Round {
        void make() throws InterruptedException;
    }

    /** @param what completes the name of the thread and the log's "Expected to …" */
    BackgroundRounds(String name, String what, Duration pause, Round round) {
        this.what = what;
        this.pause = pause;
        this.round = round;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    synchronized void start() {
        if (thread.getState() == Thread.State.NEW && stopped.getCount() > 0) {
            thread.start();
        }
    }

    private void run() {
        try {
            do {
                makeOne();
            } while (!stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            LOG.debug("Does not {} any more", what);
        }
    }

    private void makeOne() throws InterruptedException {
        try {
            round.make();
            failing = false;
        } catch (RuntimeException failure) { // Mostly Kafka is away; whatever it is, the next round may go well.
            if (!failing) {
                LOG.warn("Expected to {}, but: {}; trying again until it succeeds", what, failure.toString());
            }
            failing = true;
        }
    }

    /** Interrupts the round that is being made. */
    @Override
    public synchronized void close() {
        stopped.countDown();
        thread.interrupt();
        if (thread.isAlive() && !thread.equals(Thread.currentThread())) {
            joinBounded();
        }
    }

    private void joinBounded() {
        try {
            if (!thread.join(JOIN)) {
                LOG.warn("Expected {} to end within {}, but it still runs", thread.getName(), JOIN);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
