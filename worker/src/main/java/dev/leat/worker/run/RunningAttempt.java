package dev.leat.worker.run;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.Fact;
import dev.leat.domain.Json;
import dev.leat.plugin.JobOutcome;
import dev.leat.worker.run.OutcomeFacts.StopReason;

/**
 * One attempt from the moment its claim was won: it waits for the cancel barrier, runs its handler on a virtual thread
 * and says what became of it. Exactly one outcome is sent, then the slot is given back.
 *
 * <p>{@link #lock} guards who may be interrupted: the handler's thread, and only while it is in the handler.
 */
public final class RunningAttempt {

    private static final Logger LOG = LoggerFactory.getLogger(RunningAttempt.class);

    /** What the attempts of a worker share. */
    record Shared(OutcomeFacts outcomes, FactOutbox outbox, ProgressReporter.Shared progress,
            Consumer<RunningAttempt> onEnd) {}

    private final ClaimedAttempt attempt;
    private final Shared shared;
    private final ProgressReporter progress;
    private final AtomicBoolean concluded = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Thread> inHandler = Optional.empty();
    private volatile StopReason stop = StopReason.NONE;

    RunningAttempt(ClaimedAttempt attempt, Shared shared) {
        this.attempt = attempt;
        this.shared = shared;
        this.progress = new ProgressReporter(attempt, shared.progress());
    }

    ClaimedAttempt claimed() {
        return attempt;
    }

    /** Runs it; for one that has been cancelled meanwhile, only says so. Called once. */
    public void start() {
        Thread.ofVirtual().name("leat-attempt-" + attempt.job()).start(this::run);
    }

    /** Asks the handler to stop, or keeps it from starting. Once asked, later reasons change nothing. */
    void stop(StopReason reason) {
        lock.lock();
        try {
            if (stop == StopReason.NONE) {
                stop = reason;
                inHandler.ifPresent(Thread::interrupt);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends it without its handler, which may go on but is not heard any more. */
    void abandon() {
        conclude(shared.outcomes().workerStopped(attempt, shared.progress().clock().instant()));
    }

    private void run() {
        if (!enterHandler()) {
            conclude(stop == StopReason.CANCELLED
                    ? shared.outcomes().cancelled(attempt, now())
                    : shared.outcomes().workerStopped(attempt, now()));
            return;
        }
        Fact outcome;
        try {
            outcome = call();
        } finally {
            leaveHandler();
        }
        conclude(outcome);
    }

    private Fact call() {
        try {
            JobOutcome<Json> outcome = attempt.work()
                    .run(new AttemptContext(attempt, progress, shared.progress().clock(),
                            () -> stop != StopReason.NONE));
            return shared.outcomes().ended(attempt, outcome, stop, now());
        } catch (Throwable thrown) { // Also errors: a handler without stack, memory or a class must not end the worker.
            return shared.outcomes().threw(attempt, thrown, stop, now());
        }
    }

    private boolean enterHandler() {
        lock.lock();
        try {
            if (stop != StopReason.NONE) {
                return false;
            }
            inHandler = Optional.of(Thread.currentThread());
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void leaveHandler() {
        lock.lock();
        try {
            inHandler = Optional.empty();
            // Whatever interrupted the handler, the outcome must go out undisturbed.
            var _ = Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    private void conclude(Fact outcome) {
        if (!concluded.compareAndSet(false, true)) {
            LOG.warn("Expected {} to end in time, but it ended after it had been given up", attempt);
            return;
        }
        try {
            progress.close();
            shared.outbox().deliver(attempt.job(), outcome);
        } catch (RuntimeException | Error e) {
            LOG.error("Expected to tell how {} ended, but that failed: {}", attempt, outcome, e);
        } finally {
            shared.onEnd().accept(this);
            attempt.slot().release();
        }
    }

    private Instant now() {
        return shared.progress().clock().instant();
    }
}
