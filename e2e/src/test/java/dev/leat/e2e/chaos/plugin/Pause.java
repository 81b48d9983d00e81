package dev.leat.e2e.chaos.plugin;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time that a handler takes, unless it is interrupted. */
final class Pause {

    private Pause() {}

    static void of(int millis) throws InterruptedException {
        var _ = new CountDownLatch(1).await(Duration.ofMillis(millis).toNanos(), TimeUnit.NANOSECONDS);
    }
}
