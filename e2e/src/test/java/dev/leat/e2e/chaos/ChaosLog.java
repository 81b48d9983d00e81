package dev.leat.e2e.chaos;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;

/** Says on the standard output what happens, and when. Thread-safe. */
final class ChaosLog {

    private final long start = System.nanoTime();

    void say(String what) {
        Duration since = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("%tT %7.1f s  %s%n", LocalTime.now(ZoneId.systemDefault()), since.toMillis() / 1e3, what);
    }
}
