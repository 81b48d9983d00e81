package dev.leat.e2e.chaos;

import java.time.Duration;
import java.util.List;

/** How long something took, each time that it happened. */
record Spread(List<Duration> times) {

    Spread {
        times = times.stream().sorted().toList();
    }

    /** Count, median and maximum in words. */
    @Override
    public String toString() {
        return times.isEmpty()
                ? "not seen"
                : "p50 %.1f s, max %.1f s, of %d".formatted(seconds(times.get((times.size() - 1) / 2)),
                        seconds(times.getLast()), times.size());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
