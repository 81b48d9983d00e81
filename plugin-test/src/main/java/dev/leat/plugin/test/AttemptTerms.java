package dev.leat.plugin.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Under which terms an attempt runs.
 *
 * @param timeout how long the handler may run until it is told to stop
 * @param grace how long it may go on then
 * @param interrupts whether its thread is interrupted when it is told to stop
 * @param rendezvous where it meets other attempts
 */
record AttemptTerms(UUID jobId, int attempt, InstantSource clock, Duration timeout, Duration grace,
        Cancellation cancellation, boolean interrupts, Rendezvous rendezvous) {

    private static final UUID SOME_JOB = new UUID(0x0000_0000_0000_7000L, 0x8000_0000_0000_0001L);
    private static final Instant SOME_TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration GRACE_OF_WORKERS = Duration.ofSeconds(10);

    AttemptTerms {
        if (attempt < 1) {
            throw new IllegalArgumentException("Expected an attempt from 1 on, but got " + attempt);
        }
        requirePositive("a timeout", timeout);
        requirePositive("a grace time", grace);
    }

    /** The first attempt of some job, stopped by nothing but that timeout. */
    static AttemptTerms first(Duration timeout) {
        return new AttemptTerms(SOME_JOB, 1, SettableClock.at(SOME_TIME), timeout, GRACE_OF_WORKERS,
                new Cancellation.Never(), true, Rendezvous.NONE);
    }

    AttemptTerms withJobId(UUID id) {
        return new AttemptTerms(id, attempt, clock, timeout, grace, cancellation, interrupts, rendezvous);
    }

    AttemptTerms withAttempt(int number) {
        return new AttemptTerms(jobId, number, clock, timeout, grace, cancellation, interrupts, rendezvous);
    }

    AttemptTerms withClock(InstantSource other) {
        return new AttemptTerms(jobId, attempt, other, timeout, grace, cancellation, interrupts, rendezvous);
    }

    AttemptTerms withTimeout(Duration other) {
        return new AttemptTerms(jobId, attempt, clock, other, grace, cancellation, interrupts, rendezvous);
    }

    AttemptTerms withGrace(Duration other) {
        return new AttemptTerms(jobId, attempt, clock, timeout, other, cancellation, interrupts, rendezvous);
    }

    AttemptTerms withCancellation(Cancellation other) {
        return new AttemptTerms(jobId, attempt, clock, timeout, grace, other, interrupts, rendezvous);
    }

    AttemptTerms withoutInterrupt() {
        return new AttemptTerms(jobId, attempt, clock, timeout, grace, cancellation, false, rendezvous);
    }

    AttemptTerms withRendezvous(Rendezvous other) {
        return new AttemptTerms(jobId, attempt, clock, timeout, grace, cancellation, interrupts, other);
    }

    private static void requirePositive(String what, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("Expected %s above 0, but got %s".formatted(what, time));
        }
    }
}
