package dev.leat.plugin.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that stands still until a test moves it, or that moves a step with each look. Any thread may use it. */
public final class SettableClock implements InstantSource {

    /** Guarded by this. */
    private Instant now;

    private final Duration step;

    private SettableClock(Instant now, Duration step) {
        this.now = now;
        this.step = step;
    }

    /** A clock that shows that time. */
    public static SettableClock at(Instant now) {
        return new SettableClock(now, Duration.ZERO);
    }

    /**
     * A clock that shows that time at the first look, and with each further look a step more: for handlers that measure
     * how long they took.
     *
     * @throws IllegalArgumentException if the step is negative
     */
    public static SettableClock ticking(Instant first, Duration step) {
        requireForward(step);
        return new SettableClock(first, step);
    }

    @Override
    public synchronized Instant instant() {
        Instant shown = now;
        now = now.plus(step);
        return shown;
    }

    /** Sets the time, forward or back. */
    public synchronized void set(Instant time) {
        now = time;
    }

    /**
     * Moves the time forward.
     *
     * @throws IllegalArgumentException if the step is negative
     */
    public synchronized void advance(Duration by) {
        requireForward(by);
        now = now.plus(by);
    }

    private static void requireForward(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("Expected time to go forward, but the step is " + step);
        }
    }
}
