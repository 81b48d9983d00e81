package dev.leat.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that stands still until a test moves it. Any thread may read and move it. */
public final class ManualClock implements InstantSource {

    /** Guarded by this. */
    private Instant now;

    /** A clock that shows {@code start}. */
    public ManualClock(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /**
     * Moves the clock forward.
     *
     * @throws IllegalArgumentException when the step is negative
     */
    public synchronized void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("Expected time to go forward, but the step is " + step);
        }
        now = now.plus(step);
    }
}
