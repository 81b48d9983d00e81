package dev.leat.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;

/**
 * Sends one kind of what an attempt says, as often as its throttle lets it, and always the last of it.
 *
 * <p>{@link #report} is for any thread of the handler and never blocks; the sending is done by the reports thread, and
 * for the rest by the one who calls {@link #close}, before the outcome. {@link #lock} guards the throttle and
 * {@link #closed}; {@link #sending} keeps the facts in the order of their numbers and is taken first.
 *
 * @param <T> what is said
 */
final class Reporter<T> {

    /** What the reporters of a worker share. */
    record Shared(FactOutbox outbox, ScheduledExecutorService thread, InstantSource clock) {}

    /** Puts what is said into a fact. */
    @FunctionalInterface
    interface FactOf<T> {
        Fact of(long sequence, T content, Instant at);
    }

    private final JobId job;
    private final Throttle<T> throttle;
    private final FactOf<T> factOf;
    private final Shared shared;
    private final ReentrantLock sending = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    Reporter(JobId job, Throttle<T> throttle, FactOf<T> factOf, Shared shared) {
        this.job = job;
        this.throttle = throttle;
        this.factOf = factOf;
        this.shared = shared;
    }

    /** Takes what the handler says; drops it once the attempt has ended. */
    void report(T said) {
        lock.lock();
        try {
            if (!closed) {
                throttle.offer(said, System.nanoTime()).ifPresent(this::schedule);
            }
        } finally {
            lock.unlock();
        }
    }

    private void schedule(Duration delay) {
        try {
            var _ = shared.thread().schedule(this::sendWaiting, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException _) {
            // The worker ends; close() sends what there is.
        }
    }

    private void answered(T content, boolean taken) {
        lock.lock();
        try {
            long now = System.nanoTime();
            Optional<Duration> next = taken ? throttle.arrived(now) : throttle.refused(content, now);
            if (!closed) {
                next.ifPresent(this::schedule);
            }
        } finally {
            lock.unlock();
        }
    }

    private void sendWaiting() {
        sending.lock();
        try {
            take().ifPresent(parcel -> shared.outbox()
                    .offer(job, fact(parcel), taken -> answered(parcel.content(), taken)));
        } finally {
            sending.unlock();
        }
    }

    /** Hands on what has not been sent, so that it goes out before whatever is handed on next; takes nothing any more. */
    void close() {
        drop();
        sending.lock();
        try {
            take().ifPresent(parcel -> shared.outbox().deliver(job, fact(parcel)));
        } finally {
            sending.unlock();
        }
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

    private Fact fact(Throttle.Parcel<T> parcel) {
        return factOf.of(parcel.sequence(), parcel.content(), shared.clock().instant());
    }

    private Optional<Throttle.Parcel<T>> take() {
        lock.lock();
        try {
            return throttle.take(System.nanoTime());
        } finally {
            lock.unlock();
        }
    }
}
