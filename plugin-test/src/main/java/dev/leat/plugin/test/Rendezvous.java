package dev.leat.plugin.test;

import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where attempts that run side by side wait for each other, as they begin and at each report of progress, so that even
 * those of a few microseconds overlap. Who waits in vain for a moment goes on, and from then on all go their own ways.
 * Thread-safe.
 */
interface Rendezvous {

    /** For attempts that nobody waits for. */
    Rendezvous NONE = () -> {};

    /** Waits for the others. */
    void meet();

    /** Of so many attempts. */
    static Rendezvous of(int attempts, Duration patience) {
        CyclicBarrier barrier = new CyclicBarrier(attempts);
        return () -> {
            try {
                var _ = barrier.await(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (BrokenBarrierException | TimeoutException _) {
                // Somebody has ended, or takes long.
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
