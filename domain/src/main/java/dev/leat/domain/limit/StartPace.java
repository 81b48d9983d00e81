package dev.leat.domain.limit;

/**
 * Lets jobs start at a rate: a bucket that fills at the rate and holds what a tenth of a second brings, one at least. Over
 * any time of t seconds at most {@code rate * t}, and once the content of a full bucket, start.
 *
 * <p>This is the token bucket of traffic shaping. Times are readings of one monotonic clock in nanoseconds. Pure; not
 * thread-safe.
 */
public final class StartPace {

    private static final double SECOND = 1e9;
    private static final double HELD_SECONDS = 0.1;

    private double rate;
    private double content = 1;
    private long filledAt;

    /** A bucket with one start in it. */
    public StartPace(double rate, long now) {
        this.rate = rate;
        this.filledAt = now;
    }

    /** Goes on at another rate. */
    public void change(double newRate, long now) {
        fill(now);
        rate = newRate;
        content = Math.min(content, capacity());
    }

    /** Whether a job may start now. */
    public boolean isOpen(long now) {
        fill(now);
        return content >= 1;
    }

    /** A job starts. */
    public void start(long now) {
        fill(now);
        content -= 1;
    }

    /** How long until the next one may start, in nanoseconds; 0 where one may now. */
    public long untilOpen(long now) {
        fill(now);
        return content >= 1 ? 0 : (long) Math.ceil((1 - content) / rate * SECOND);
    }

    private void fill(long now) {
        content = Math.min(capacity(), content + (now - filledAt) / SECOND * rate);
        filledAt = now;
    }

    private double capacity() {
        return Math.max(1, rate * HELD_SECONDS);
    }
}
