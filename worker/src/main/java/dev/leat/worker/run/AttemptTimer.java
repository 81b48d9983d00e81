package dev.leat.worker.run;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Calls when the time of an attempt is over. Its threads are platform threads: handlers that use up all carriers of
 * virtual threads do not keep it from its work. After {@link #close} nothing is called any more. Thread-safe.
 */
final class AttemptTimer implements AutoCloseable {

    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("leat-attempt-timer").factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    private final ExecutorService slow = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("leat-attempt-end").factory());

    AttemptTimer() {
        // Most attempts end long before their timeout.
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Calls what does not block; cancelling the answer spares the call. */
    Future<?> after(Duration delay, Runnable quick) {
        return clock.schedule(quick, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Calls what may block while Kafka is away. */
    void afterwards(Duration delay, Runnable blocking) {
        var _ = after(delay, () -> {
            try {
                slow.execute(blocking);
            } catch (RejectedExecutionException _) {
                // The worker ends; whoever ends it has dealt with its attempts.
            }
        });
    }

    @Override
    public void close() {
        clock.shutdownNow();
        slow.shutdownNow();
    }
}
