package dev.leat.e2e.chaos;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What a chaos run is told.
 *
 * @param length for how long things go wrong; start and end of the run come on top
 * @param seed of what is submitted and of what goes wrong
 * @param faults the kinds of what may go wrong, at least one
 */
record ChaosOptions(Duration length, long seed, Set<FaultKind> faults) {

    private static final String MINUTES = "leat.chaos.minutes";
    private static final String SEED = "leat.chaos.seed";
    private static final String FAULTS = "leat.chaos.faults";
    private static final String DEFAULT_MINUTES = "3";

    ChaosOptions {
        if (!length.isPositive()) {
            throw new IllegalArgumentException("Expected " + MINUTES + " above 0, but it is " + length);
        }
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one kind of fault in " + FAULTS + ", but got none");
        }
        faults = Set.copyOf(EnumSet.copyOf(faults));
    }

    /** As system properties say: {@value #MINUTES} (may have a fraction), {@value #SEED}, {@value #FAULTS}. */
    static ChaosOptions of(Properties properties) {
        double minutes = Double.parseDouble(properties.getProperty(MINUTES, DEFAULT_MINUTES));
        long seed = Optional.ofNullable(properties.getProperty(SEED))
                .map(Long::parseLong)
                .orElseGet(() -> RandomGenerator.getDefault().nextLong(1_000_000_000));
        Set<FaultKind> faults = Optional.ofNullable(properties.getProperty(FAULTS))
                .map(ChaosOptions::kinds)
                .orElseGet(() -> EnumSet.allOf(FaultKind.class));
        return new ChaosOptions(Duration.ofMillis(Math.round(minutes * 60_000)), seed, faults);
    }

    private static Set<FaultKind> kinds(String names) {
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        for (String name : names.split(",", -1)) {
            kinds.add(FaultKind.named(name.strip())
                    .orElseThrow(() -> new IllegalArgumentException("Expected %s to name kinds of %s, but it names %s"
                            .formatted(FAULTS, FaultKind.names(), name))));
        }
        return kinds;
    }
}
