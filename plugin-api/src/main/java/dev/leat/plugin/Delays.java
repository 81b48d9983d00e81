package dev.leat.plugin;

import java.time.Duration;

/** How long plugins may let something wait or last. Beyond it, it is most likely a mistake in the unit. */
final class Delays {

    /** For waits from one attempt to the next. */
    static final Duration LONGEST_WAIT = Duration.ofDays(30);

    private Delays() {}

    /** @throws IllegalArgumentException if it is not from 0 to 30 days */
    static Duration requireWait(String what, Duration wait) {
        if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("Expected %s from 0 to 30 days, but got %s".formatted(what, wait));
        }
        return wait;
    }

    /** @throws IllegalArgumentException if it is not from {@code least} to {@code mostDays} days */
    static Duration require(String what, Duration value, Duration least, int mostDays) {
        if (value.compareTo(least) < 0 || value.compareTo(Duration.ofDays(mostDays)) > 0) {
            throw new IllegalArgumentException(
                    "Expected %s from %s to %d days, but got %s".formatted(what, least, mostDays, value));
        }
        return value;
    }
}
