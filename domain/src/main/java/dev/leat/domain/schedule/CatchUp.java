package dev.leat.domain.schedule;

import java.time.Duration;

/**
 * What is made up for when nobody was there to fire in time. A due time counts as missed when it is over
 * {@link #GRACE} late: a failover is no reason to leave one out.
 *
 * @param firings how many of the missed due times are fired, the latest ones; none at 0
 * @param within how late one may be at most
 */
public record CatchUp(int firings, Duration within) {

    /** What is later than that was missed. */
    public static final Duration GRACE = Duration.ofMinutes(1);
    /** The most that can be made up for. */
    public static final int MOST = 100;
    /** The latest that can be made up for. */
    public static final Duration LONGEST = Duration.ofDays(366);
    /** The latest missed due time, however late. */
    public static final CatchUp DEFAULT = new CatchUp(1, LONGEST);

    public CatchUp {
        if (firings < 0 || firings > MOST) {
            throw new IllegalArgumentException("Expected to make up for 0 to " + MOST + " firings, but got " + firings);
        }
        if (within.compareTo(GRACE) < 0 || within.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "Expected to make up for what is at most " + GRACE + " to " + LONGEST + " late, but got " + within);
        }
    }
}
