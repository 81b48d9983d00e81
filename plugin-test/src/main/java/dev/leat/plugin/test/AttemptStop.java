package dev.leat.plugin.test;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells the handler of one attempt to stop.
 *
 * <p>Invariant: only the handler's thread is interrupted, and only while it is in the handler. Thread-safe; {@link #lock}
 * guards the thread and the moments at which it enters and leaves.
 */
final class AttemptStop {

    private final boolean interrupts;
    private final ReentrantLock lock = new ReentrantLock();
    private final CompletableFuture<AttemptEnd> reason = new CompletableFuture<>();
    private Optional<Thread> inHandler = Optional.empty();

    AttemptStop(boolean interrupts) {
        this.interrupts = interrupts;
    }

    /** Tells it to stop, for the first reason that is given. */
    void raise(AttemptEnd why) {
        lock.lock();
        try {
            if (reason.complete(why) && interrupts) {
                inHandler.ifPresent(Thread::interrupt);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isRaised() {
        return reason.isDone();
    }

    /** What an attempt counts as that stops for this reason; done when there is one. */
    CompletableFuture<AttemptEnd> reason() {
        return reason;
    }

    /** The calling thread is about to be in the handler. */
    void enter() {
        lock.lock();
        try {
            inHandler = Optional.of(Thread.currentThread());
            if (isRaised() && interrupts) {
                Thread.currentThread().interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The calling thread has left the handler, and is not interrupted any more.
     *
     * @return whether it came out interrupted although nobody had stopped it
     */
    boolean leave() {
        lock.lock();
        try {
            inHandler = Optional.empty();
            return Thread.interrupted() && !isRaised();
        } finally {
            lock.unlock();
        }
    }

    /** Where the handler is, for people; empty where it is not in there. */
    String stack() {
        lock.lock();
        try {
            return inHandler.map(Stacks::of).orElse("");
        } finally {
            lock.unlock();
        }
    }
}
