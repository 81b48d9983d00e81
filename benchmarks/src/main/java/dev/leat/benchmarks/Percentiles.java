package dev.leat.benchmarks;

import java.util.Collection;
import java.util.Locale;

/** What a set of durations in milliseconds looks like. */
record Percentiles(double p50, double p99, double max) {

    static Percentiles of(Collection<Double> milliseconds) {
        double[] sorted = milliseconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("Expected at least one duration, but got none");
        }
        return new Percentiles(at(sorted, 0.50), at(sorted, 0.99), sorted[sorted.length - 1]);
    }

    /** The smallest duration that at least this share of all do not exceed (nearest rank). */
    private static double at(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms, max %.1f ms", p50, p99, max);
    }
}
