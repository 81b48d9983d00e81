package dev.leat.plugin.test;

import dev.leat.plugin.PluginState;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Under which terms an attempt runs.
 *
 * @param timeout how long the handler may run until it is told to stop
 * @param grace how long it may go on then
 * @param interrupts whether its thread is interrupted when it is told to stop
 * @param rendezvous where it meets other attempts
 */
record AttemptTerms(JobTerms job, InstantSource clock, PluginState state, Duration timeout, Duration grace,
        Cancellation cancellation, boolean interrupts, Rendezvous rendezvous) {

    private static final Duration GRACE_OF_WORKERS = Duration.ofSeconds(10);

    AttemptTerms {
        requirePositive("a timeout", timeout);
        requirePositive("a grace time", grace);
    }

    /** An attempt that is stopped by nothing but that timeout. */
    static AttemptTerms of(JobTerms job, InstantSource clock, PluginState state, Duration timeout) {
        return new AttemptTerms(job, clock, state, timeout, GRACE_OF_WORKERS, new Cancellation.Never(), true,
                Rendezvous.NONE);
    }

    AttemptTerms withJob(JobTerms other) {
        return new AttemptTerms(other, clock, state, timeout, grace, cancellation, interrupts, rendezvous);
    }

    AttemptTerms withClock(InstantSource other) {
        return new AttemptTerms(job, other, state, timeout, grace, cancellation, interrupts, rendezvous);
    }

    AttemptTerms withState(PluginState other) {
        return new AttemptTerms(job, clock, other, timeout, grace, cancellation, interrupts, rendezvous);
    }

    AttemptTerms withTimeout(Duration other) {
        return new AttemptTerms(job, clock, state, other, grace, cancellation, interrupts, rendezvous);
    }

    AttemptTerms withGrace(Duration other) {
        return new AttemptTerms(job, clock, state, timeout, other, cancellation, interrupts, rendezvous);
    }

    AttemptTerms withCancellation(Cancellation other) {
        return new AttemptTerms(job, clock, state, timeout, grace, other, interrupts, rendezvous);
    }

    AttemptTerms withoutInterrupt() {
        return new AttemptTerms(job, clock, state, timeout, grace, cancellation, false, rendezvous);
    }

    AttemptTerms withRendezvous(Rendezvous other) {
        return new AttemptTerms(job, clock, state, timeout, grace, cancellation, interrupts, other);
    }

    private static void requirePositive(String what, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("Expected %s above 0, but got %s".formatted(what, time));
        }
    }
}
