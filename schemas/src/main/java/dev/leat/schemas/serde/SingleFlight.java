package dev.leat.schemas.serde;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread do what several want at once; the others wait and share its result or its failure. Thread-safe: the
 * flights are owned by the map, each one is completed by the thread that started it.
 */
final class SingleFlight<K, V> {

    private final ConcurrentMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

    /**
     * Loads the value, or waits for the thread that loads it already.
     *
     * @param load has to look into the cache that it fills: a flight may have ended just before this one began
     * @throws InterruptException where the calling thread is interrupted; another thread's interruption never ends its wait
     */
    V get(K key, Supplier<V> load) {
        while (true) {
            CompletableFuture<V> mine = new CompletableFuture<>();
            @Nullable
            CompletableFuture<V> running = flights.putIfAbsent(key, mine);
            if (running == null) {
                return fly(key, mine, load);
            }
            try {
                return running.get();
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof InterruptException)) {
                    throw unchecked(e);
                }
            }
        }
    }

    private V fly(K key, CompletableFuture<V> flight, Supplier<V> load) {
        try {
            V value = load.get();
            flight.complete(value);
            return value;
        } catch (RuntimeException | Error e) {
            flight.completeExceptionally(e);
            throw e;
        } finally {
            flights.remove(key, flight);
        }
    }

    private static RuntimeException unchecked(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException failure -> failure;
            case Error failure -> throw failure;
            case null, default -> new IllegalStateException(e);
        };
    }
}
