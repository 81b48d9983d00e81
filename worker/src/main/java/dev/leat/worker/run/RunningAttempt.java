package dev.leat.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.Fact;
import dev.leat.domain.Json;
import dev.leat.plugin.AttemptFailure;
import dev.leat.plugin.JobOutcome;
import dev.leat.worker.lease.LeaseWatch;
import dev.leat.worker.shared.Surroundings;

/**
 * One attempt from the moment its claim was won: it waits for the cancel barrier, runs its handler on a virtual thread
 * and says what became of it.
 *
 * <pre>
 *   admitted --start()--> begins --handler entered--> runs --handler left--> concluded --> ended: the slot is free
 *                            |                         |                        ^
 *                            | stopped before          | stopped, grace over    |
 *                            '-------------------------|------------------------'
 *                                                      '--> concluded, its slot lost --handler left--> ended
 * </pre>
 *
 * <p>Invariants: it is concluded at most once, with one outcome or none; its slot is given back when its handler has
 * ended and not before, so that a slot never stands for more than one handler.
 *
 * <p>Thread-safe.
 */
public final class RunningAttempt {

    private static final Logger LOG = LoggerFactory.getLogger(RunningAttempt.class);

    /** Who wants to know how attempts go. Called on any thread. */
    interface Listener {

        /** What became of it has been handed on, or nobody listens any more. */
        void concluded(RunningAttempt attempt);

        /** Its handler did not end in time. */
        void lost(RunningAttempt attempt);

        /** Its handler has ended. */
        void ended(RunningAttempt attempt);
    }

    /**
     * What the attempts of a worker share.
     *
     * @param grace how long a handler that has been told to stop may go on
     */
    record Shared(OutcomeFacts outcomes, FactOutbox outbox, Reporter.Shared reporting, AttemptTimer timer,
            Duration grace, LeaseWatch lease, Surroundings surroundings, Listener listener) {}

    private final ClaimedAttempt attempt;
    private final long term;
    private final Shared shared;
    private final AttemptReports reports;
    private final StopSignal signal = new StopSignal();
    private final AtomicBoolean concluded = new AtomicBoolean();
    /** Written before its thread starts. */
    private Optional<Future<?>> timeout = Optional.empty();
    private volatile boolean started;
    private volatile boolean ended;

    /** @param term of the lease in which it was claimed; it does not run in any other */
    RunningAttempt(ClaimedAttempt attempt, long term, Shared shared) {
        this.attempt = attempt;
        this.term = term;
        this.shared = shared;
        this.reports = new AttemptReports(attempt, shared.reporting());
    }

    ClaimedAttempt claimed() {
        return attempt;
    }

    /** The term of the lease in which it was claimed. */
    long term() {
        return term;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Runs it; for one that has been stopped meanwhile, only says so. Called once. */
    public void start() {
        // Counts from here, not from the handler's first step: where all carriers are held, it may never come to that.
        timeout = Optional.of(shared.timer().after(attempt.rules().timeout(), () -> stop(StopReason.TIMEOUT)));
        started = true;
        if (signal.reason().isPresent()) {
            awaitGrace();
        }
        Thread.ofVirtual().name("leat-attempt-" + attempt.job()).start(this::run);
    }

    /** Tells the handler to stop, or keeps it from starting. Does not block. */
    void stop(StopReason reason) {
        if (reason == StopReason.CLAIM_CLOSED) {
            reports.drop();
        }
        if (signal.raise(reason) && started) {
            awaitGrace();
        }
    }

    private void awaitGrace() {
        shared.timer().afterwards(shared.grace(), this::endGrace);
    }

    private void endGrace() {
        StopReason reason = signal.reason().orElseThrow();
        shared.listener().lost(this);
        if (!concluded.get() && (reason.endsWithoutHandler() || !signal.hasEntered())) {
            conclude(shared.outcomes().stopped(attempt, reason, signal.stack(), now()));
        }
    }

    /**
     * For the worker's end, after {@link #stop}: what has not begun is handed back, what still runs is not heard any more.
     *
     * @return whether it was not concluded because its handler still runs
     */
    boolean giveUp() {
        if (!signal.hasEntered()) {
            conclude(stopped());
            return false;
        }
        boolean silenced = concluded.compareAndSet(false, true);
        if (silenced) {
            reports.drop();
        }
        return silenced;
    }

    private void run() {
        try {
            Optional<Fact> outcome = enterHandler() ? call() : stopped();
            conclude(outcome);
        } finally {
            timeout.ifPresent(pending -> pending.cancel(false));
            ended = true;
            shared.listener().ended(this);
            attempt.giveBack();
        }
    }

    private boolean enterHandler() {
        if (!shared.lease().holds(term)) {
            var _ = signal.raise(StopReason.LEASE_DOUBTED);
        }
        return signal.enter();
    }

    private Optional<Fact> call() {
        AttemptContext context = new AttemptContext(attempt, reports, shared.surroundings(), shared.reporting().clock(),
                () -> signal.reason().isPresent());
        try {
            return call(context);
        } finally {
            signal.leave();
        }
    }

    private Optional<Fact> call(AttemptContext context) {
        Optional<Throwable> thrown = Optional.empty();
        Optional<Fact> fact;
        try {
            JobOutcome<Json> outcome = attempt.work().run(context);
            fact = shared.outcomes().ended(attempt, outcome, signal.reason(), now());
        } catch (Throwable e) { // Also errors: a handler without stack, memory or a class must not end the worker.
            thrown = Optional.of(e);
            fact = shared.outcomes().threw(attempt, e, signal.reason(), now());
        }
        if (fact.isPresent() && fact.get() instanceof Fact.AttemptFailed failed && signal.reason().isEmpty()) {
            tellHandler(new AttemptFailure(failed.error().message(), thrown, failed.retryIn().isPresent()), context);
        }
        return fact;
    }

    private void tellHandler(AttemptFailure failure, AttemptContext context) {
        try {
            attempt.work().onError(failure, context);
        } catch (Throwable e) { // As above; the attempt has failed already.
            LOG.warn("Expected the handler of {} to hear that it failed, but it threw {}", attempt,
                    ThrownText.stack(e));
        }
    }

    private Optional<Fact> stopped() {
        return shared.outcomes().stopped(attempt, signal.reason().orElseThrow(), "", now());
    }

    private void conclude(Optional<Fact> outcome) {
        if (!concluded.compareAndSet(false, true)) {
            return;
        }
        try {
            if (outcome.isPresent()) {
                reports.close();
                shared.outbox().deliver(attempt.job(), outcome.get());
            } else {
                reports.drop();
            }
        } catch (RuntimeException | Error e) {
            LOG.error("Expected to tell how {} ended, but that failed: {}", attempt, outcome, e);
        } finally {
            shared.listener().concluded(this);
        }
    }

    private Instant now() {
        return shared.reporting().clock().instant();
    }
}
