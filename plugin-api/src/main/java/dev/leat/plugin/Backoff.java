package dev.leat.plugin;

import java.time.Duration;

/**
 * How long a job waits from one attempt to the next: {@code first}, then {@code factor} times as long each time, never
 * longer than {@code cap}; and each wait is moved by up to {@code jitter} of itself, so that jobs that failed together do
 * not come back together.
 *
 * <pre>{@code
 * Backoff.exponential(Duration.ofSeconds(2), Duration.ofMinutes(5)) // 2 s, 4 s, 8 s … 5 min, each a fifth more or less
 * Backoff.exponential(Duration.ofSeconds(2), Duration.ofMinutes(5)).withFactor(3).withJitter(0) // 2 s, 6 s, 18 s …
 * Backoff.constant(Duration.ofSeconds(2)) // 2 s each time
 * }</pre>
 *
 * @param first the wait after the first attempt, from 0 to 30 days
 * @param factor from one wait to the next, 1 to 100
 * @param cap the longest wait before jitter, from 0 to 30 days
 * @param jitter 0 to 1; at 0.2 a wait of 10 s becomes 8 s to 12 s
 */
public record Backoff(Duration first, double factor, Duration cap, double jitter) {

    /** 1 s, 2 s, 4 s … 10 minutes, each a fifth more or less. */
    public static final Backoff DEFAULT = exponential(Duration.ofSeconds(1), Duration.ofMinutes(10));

    private static final double DEFAULT_FACTOR = 2;
    private static final double DEFAULT_JITTER = 0.2;
    private static final double LARGEST_FACTOR = 100;

    /** @throws IllegalArgumentException if something is out of its range */
    public Backoff {
        Delays.requireWait("a first wait", first);
        Delays.requireWait("a longest wait", cap);
        // Written so that a NaN is refused, too.
        if (!(factor >= 1 && factor <= LARGEST_FACTOR)) {
            throw new IllegalArgumentException("Expected a factor from 1 to 100, but got " + factor);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("Expected a jitter from 0 to 1, but got " + jitter);
        }
    }

    /** Each wait twice as long as the one before, with a jitter of 0.2. */
    public static Backoff exponential(Duration first, Duration cap) {
        return new Backoff(first, DEFAULT_FACTOR, cap, DEFAULT_JITTER);
    }

    /** The same wait each time, without jitter. */
    public static Backoff constant(Duration wait) {
        return new Backoff(wait, 1, wait, 0);
    }

    /** The same with another factor, 1 to 100. */
    public Backoff withFactor(double factor) {
        return new Backoff(first, factor, cap, jitter);
    }

    /** The same with another jitter, 0 to 1. */
    public Backoff withJitter(double jitter) {
        return new Backoff(first, factor, cap, jitter);
    }
}
