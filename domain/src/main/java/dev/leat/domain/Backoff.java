package dev.leat.domain;

import java.time.Duration;

/**
 * How long a job waits from one try to the next: {@code first * factor^n}, at most {@code cap}, moved by up to
 * {@code jitter} of itself. The move is drawn from the job's id and the number of the try, so that it is the same for
 * whoever computes it, and different for jobs that failed together.
 *
 * @param first after the first try, positive or zero
 * @param factor from one wait to the next, 1 for a constant rate
 * @param cap the longest wait before jitter
 * @param jitter 0 to 1: at 0.2 a wait of 10 s becomes 8 s to 12 s
 */
public record Backoff(Duration first, double factor, Duration cap, double jitter) {

    /** The longest wait that can be asked for. */
    public static final Duration MAX = Duration.ofDays(30);

    /** 1 s, 2 s, 4 s … to 10 minutes, each moved by up to a fifth. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(10), 0.2);

    public Backoff {
        if (first.isNegative() || cap.isNegative() || first.compareTo(MAX) > 0 || cap.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(
                    "Expected waits from 0 to " + MAX + ", but got " + first + " to " + cap);
        }
        if (!(factor >= 1 && factor <= 100)) {
            throw new IllegalArgumentException("Expected a factor from 1 to 100, but got " + factor);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("Expected a jitter from 0 to 1, but got " + jitter);
        }
    }

    /** The same wait each time, to the millisecond. */
    public static Backoff constant(Duration wait) {
        return new Backoff(wait, 1, wait, 0);
    }

    /**
     * How long to wait for the next try.
     *
     * @param tries how many have been spent, at least 1
     */
    public Duration after(JobId job, int tries) {
        double millis = Math.min(first.toMillis() * Math.pow(factor, tries - 1.0), (double) cap.toMillis());
        double moved = millis * (1 + jitter * (2 * unit(job, tries) - 1));
        return Duration.ofMillis(Math.round(moved));
    }

    /** From 0 to 1, by the finalizer of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom generators). */
    private static double unit(JobId job, int tries) {
        long bits = job.value().getMostSignificantBits() ^ Long.rotateLeft(job.value().getLeastSignificantBits(), 32)
                ^ (tries * 0x9e3779b97f4a7c15L);
        bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
        bits = bits ^ (bits >>> 31);
        return (bits >>> 11) * 0x1.0p-53;
    }
}
