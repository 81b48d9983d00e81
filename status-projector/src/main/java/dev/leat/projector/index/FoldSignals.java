package dev.leat.projector.index;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Lets readers wait for facts of a job, or of whatever else has an id. Thread-safe: stream threads signal, any thread
 * waits.
 *
 * <p>No signal is lost: a reader signs on before it looks, a stream thread writes before it signals.
 *
 * @param <K> the ids
 */
public final class FoldSignals<K> {

    private final ConcurrentMap<K, List<Semaphore>> waiting = new ConcurrentHashMap<>();

    /** Wakes those who wait for it. Costs one look-up where nobody does. */
    public void signal(K id) {
        @Nullable
        List<Semaphore> readers = waiting.get(id);
        if (readers != null) {
            readers.forEach(Semaphore::release);
        }
    }

    /** Wakes everybody, as a partition has come or gone. */
    public void signalAll() {
        waiting.values().forEach(readers -> readers.forEach(Semaphore::release));
    }

    /**
     * Waits until the condition holds, looking again whenever a fact of it was folded.
     *
     * @return whether it holds
     */
    public boolean await(K id, BooleanSupplier condition, Duration timeout) throws InterruptedException {
        if (condition.getAsBoolean()) {
            return true;
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        Semaphore signals = new Semaphore(0);
        waiting.merge(id, List.of(signals), (some, one) -> Stream.concat(some.stream(), one.stream()).toList());
        try {
            while (!condition.getAsBoolean()) {
                if (!signals.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return condition.getAsBoolean();
                }
                signals.drainPermits();
            }
            return true;
        } finally {
            waiting.computeIfPresent(id, (_, readers) -> without(readers, signals));
        }
    }

    private static @Nullable List<Semaphore> without(List<Semaphore> readers, Semaphore gone) {
        List<Semaphore> left = readers.stream().filter(reader -> !reader.equals(gone)).toList();
        return left.isEmpty() ? null : left;
    }
}
