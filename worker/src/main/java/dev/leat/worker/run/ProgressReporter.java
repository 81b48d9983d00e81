package dev.leat.worker.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import dev.leat.domain.Fact;
import dev.leat.domain.Progress;

/**
 * Sends the progress of one attempt, at most ten facts a second and always the last one.
 *
 * <p>{@link #report} is for any thread of the handler and never blocks; the sending is done by the progress thread, and
 * for the rest by the one who calls {@link #close}, before the outcome. {@link #lock} guards the throttle and
 * {@link #closed}; {@link #sending} keeps the facts in the order of their numbers and is taken first.
 */
final class ProgressReporter {

    static final Duration INTERVAL = Duration.ofMillis(100);

    /** What the reporters of a worker share. */
    record Shared(FactOutbox outbox, ScheduledExecutorService thread, InstantSource clock) {}

    private final ClaimedAttempt attempt;
    private final Shared shared;
    private final ReentrantLock sending = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final ProgressThrottle throttle = new ProgressThrottle(INTERVAL);
    private boolean closed;

    ProgressReporter(ClaimedAttempt attempt, Shared shared) {
        this.attempt = attempt;
        this.shared = shared;
    }

    /** Takes what the handler says; drops it once the attempt has ended. */
    void report(Progress progress) {
        lock.lock();
        try {
            if (!closed) {
                throttle.offer(progress, System.nanoTime()).ifPresent(this::schedule);
            }
        } finally {
            lock.unlock();
        }
    }

    private void schedule(Duration delay) {
        try {
            var _ = shared.thread().schedule(this::sendLatest, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException _) {
            // The worker ends; close() sends what there is.
        }
    }

    private void answered() {
        lock.lock();
        try {
            if (!closed) {
                throttle.answered(System.nanoTime()).ifPresent(this::schedule);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends what has not been sent, and takes nothing any more. */
    void close() {
        drop();
        sendLatest();
    }

    /** Takes nothing any more, and need not send what it has. */
    void drop() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private void sendLatest() {
        sending.lock();
        try {
            take().ifPresent(report -> shared.outbox().offer(attempt.job(), new Fact.AttemptProgressed(attempt.number(),
                    attempt.claim(), report.sequence(), report.progress(), shared.clock().instant()), this::answered));
        } finally {
            sending.unlock();
        }
    }

    private Optional<ProgressThrottle.Report> take() {
        lock.lock();
        try {
            return throttle.take(System.nanoTime());
        } finally {
            lock.unlock();
        }
    }
}
