package dev.leat.plugins.exec;

import java.time.Duration;

/**
 * How much of everything a command gets.
 *
 * @param timeout how long it may run, from 1 ms to 24 hours
 * @param outputBytes how much of each of its two output streams is kept, 0 to 256 KiB; it may write more
 * @param inputBytes how much a job may give it, in files and on standard input, 0 to 1 MiB
 * @param resultFileBytes how much of the files that it leaves goes into the result, all together, 0 to 512 KiB
 */
record CommandLimits(Duration timeout, int outputBytes, int inputBytes, int resultFileBytes) {

    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(24);

    static final CommandLimits DEFAULT = new CommandLimits(Duration.ofMinutes(5), 64 << 10, 1 << 20, 256 << 10);

    /** @throws IllegalArgumentException if something is out of its range */
    CommandLimits {
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "Expected a timeout from PT0.001S to %s, but got %s".formatted(LONGEST_TIMEOUT, timeout));
        }
        require("outputBytes", outputBytes, 256 << 10);
        require("inputBytes", inputBytes, 1 << 20);
        require("resultFileBytes", resultFileBytes, 512 << 10);
    }

    private static void require(String what, int bytes, int most) {
        if (bytes < 0 || bytes > most) {
            throw new IllegalArgumentException("Expected %s from 0 to %d, but got %d".formatted(what, most, bytes));
        }
    }
}
