package dev.leat.domain.limit;

import java.time.Instant;
import java.util.Optional;

/** What an operator has said about a plugin. Of each kind the last one counts; the kinds do not touch each other. */
public sealed interface PluginSetting {

    /** The plugin's id. */
    String plugin();

    /** When it was said, on the clock of the API that took it. */
    Instant at();

    /** Whether workers leave the plugin's jobs where they are. What runs goes on. */
    record Pause(String plugin, boolean paused, Instant at) implements PluginSetting {}

    /**
     * How much may go on, over all workers.
     *
     * @param maxRunning how many of the plugin's jobs may run at a time, 1 to {@value #MOST}; empty for no limit
     * @param startsPerSecond how many may start, more than 0 and at most {@value #MOST}; empty for no limit
     */
    record Limits(String plugin, Optional<Integer> maxRunning, Optional<Double> startsPerSecond, Instant at)
            implements
                PluginSetting {

        public static final int MOST = 1_000_000;

        /** @throws IllegalArgumentException if something is out of its range */
        public Limits {
            maxRunning.filter(limit -> limit < 1 || limit > MOST).ifPresent(limit -> {
                throw new IllegalArgumentException("Expected from 1 to " + MOST + " running jobs, but got " + limit);
            });
            // Written so that a NaN is refused, too.
            startsPerSecond.filter(rate -> !(rate > 0 && rate <= MOST)).ifPresent(rate -> {
                throw new IllegalArgumentException(
                        "Expected more than 0 and at most " + MOST + " starts a second, but got " + rate);
            });
        }
    }
}
