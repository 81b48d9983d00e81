package dev.leat.worker.run;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells the handler of one attempt to stop, or keeps it from starting.
 *
 * <p>Invariant: only the handler's thread is interrupted, and only while it is in the handler. Thread-safe; {@link #lock}
 * guards the thread and the moments at which it enters and leaves.
 */
final class StopSignal {

    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Thread> inHandler = Optional.empty();
    private volatile boolean entered;
    private volatile Optional<StopReason> reason = Optional.empty();

    /**
     * Gives a reason to stop.
     *
     * @return whether it counts: it is the first one, or outweighs the one before
     */
    boolean raise(StopReason next) {
        lock.lock();
        try {
            boolean late = next == StopReason.EXPIRED && entered;
            if (late || reason.filter(earlier -> !next.outweighs(earlier)).isPresent()) {
                return false;
            }
            reason = Optional.of(next);
            inHandler.ifPresent(Thread::interrupt);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The reason to stop that counts; empty while there is none. */
    Optional<StopReason> reason() {
        return reason;
    }

    /** Whether the handler has begun; where there is a reason to stop, it will not begin any more. */
    boolean hasEntered() {
        return entered;
    }

    /** The calling thread is about to be in the handler; not where there is a reason to stop. */
    boolean enter() {
        lock.lock();
        try {
            if (reason.isPresent()) {
                return false;
            }
            entered = true;
            inHandler = Optional.of(Thread.currentThread());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread has left the handler, and is not interrupted any more. */
    void leave() {
        lock.lock();
        try {
            inHandler = Optional.empty();
            // Whatever interrupted the handler, the outcome must go out undisturbed.
            var _ = Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** Where the handler is, for people; empty where it is not in there. */
    String stack() {
        lock.lock();
        try {
            return inHandler.map(ThrownText::stack).orElse("");
        } finally {
            lock.unlock();
        }
    }
}
