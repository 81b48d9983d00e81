package dev.leat.submit.socket;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.runtime.http.ProblemException;

/**
 * Asks for counts again and again, while somebody wants them, and hands them on where they have changed. Thread-safe; one
 * virtual thread asks, which ends when nobody is there any more.
 */
final class StatsRounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatsRounds.class);

    private final Duration period;
    private final Supplier<Map<String, Object>> source;
    private final Consumer<Map<String, Object>> target;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Guarded by this. */
    private boolean running;

    /**
     * @param period from one question to the next
     * @param source may fail with a problem, and is asked again then
     */
    StatsRounds(Duration period, Supplier<Map<String, Object>> source, Consumer<Map<String, Object>> target) {
        this.period = period;
        this.source = source;
        this.target = target;
    }

    /** Goes on until nobody is there; somebody is there now. */
    synchronized void run(BooleanSupplier nobody) {
        if (!running) {
            running = true;
            Thread.ofVirtual().name("leat-socket-stats").start(() -> rounds(nobody));
        }
    }

    private void rounds(BooleanSupplier nobody) {
        Optional<Map<String, Object>> last = Optional.empty();
        try {
            while (!closed.await(period.toMillis(), TimeUnit.MILLISECONDS) && !isOver(nobody)) {
                Optional<Map<String, Object>> now = ask();
                if (now.isPresent() && !now.equals(last)) {
                    target.accept(now.get());
                    last = now;
                }
            }
        } catch (InterruptedException e) {
            // Nobody has this thread but this class, which ends here.
        }
    }

    /** Whoever comes later finds that nothing runs, and starts anew. */
    private synchronized boolean isOver(BooleanSupplier nobody) {
        running = !nobody.getAsBoolean();
        return !running;
    }

    private Optional<Map<String, Object>> ask() {
        try {
            return Optional.of(source.get());
        } catch (ProblemException unavailable) {
            LOG.debug("Expected counts of jobs, but: {}", unavailable.getMessage());
        } catch (RuntimeException unexpected) {
            LOG.warn("Expected counts of jobs, but cannot get them", unexpected);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
