package dev.leat.domain.estimate;

/**
 * How long something will take from now.
 *
 * @param seconds most likely
 * @param low in about one of twenty cases it is less
 * @param high in about one of twenty cases it is more
 * @param basis how many jobs it is made from, at least 1
 */
public record Estimate(double seconds, double low, double high, long basis) {

    /** How many standard deviations leave one of twenty beyond them on each side. */
    private static final double NINE_OF_TEN = 1.645;

    static Estimate of(double mean, double variance, long basis) {
        double margin = NINE_OF_TEN * Math.sqrt(variance);
        return new Estimate(rounded(mean), rounded(mean - margin), rounded(mean + margin), basis);
    }

    private static double rounded(double seconds) {
        return Math.max(0, Math.round(seconds * 1_000) / 1_000.0);
    }
}
