package dev.leat.domain.estimate;

import java.time.Duration;

/**
 * How long jobs of one type ran: their number, the mean, and the sum of the squared distances from it, by Welford's
 * method, which loses nothing however many there are. Immutable.
 *
 * @param mean in seconds
 * @param squares in seconds squared
 */
public record RunTimes(long count, double mean, double squares) {

    public static final RunTimes NONE = new RunTimes(0, 0, 0);

    /** These and one more. */
    public RunTimes and(Duration ran) {
        return and(new RunTimes(1, ran.toNanos() / 1e9, 0));
    }

    /** These and others. */
    public RunTimes and(RunTimes others) {
        long all = count + others.count;
        if (all == 0) {
            return this;
        }
        double distance = others.mean - mean;
        return new RunTimes(all, mean + distance * others.count / all,
                squares + others.squares + distance * distance * count * others.count / all);
    }

    /** How far single ones lie from the mean, squared; that of one alone is not known, and taken to be its square. */
    public double variance() {
        return count > 1 ? squares / (count - 1) : mean * mean;
    }
}
