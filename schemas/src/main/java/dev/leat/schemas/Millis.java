package dev.leat.schemas;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Durations as numbers of milliseconds, from zero to a bound that no sum with a time can overflow. */
final class Millis {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Millis() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException where it is negative or too long
     */
    static Duration read(String what, long millis) {
        if (millis < 0 || millis > LONGEST.toMillis()) {
            throw new IllegalArgumentException(
                    "Expected " + what + " from 0 to " + LONGEST.toMillis() + ", but got " + millis);
        }
        return Duration.ofMillis(millis);
    }

    /** Reads a duration that may be missing. */
    static Optional<Duration> readOptional(String what, @Nullable Long millis) {
        return Optional.ofNullable(millis).map(present -> read(what, present));
    }

    /** Writes a duration that may be missing. */
    static @Nullable Long write(Optional<Duration> duration) {
        return duration.map(Duration::toMillis).orElse(null);
    }
}
