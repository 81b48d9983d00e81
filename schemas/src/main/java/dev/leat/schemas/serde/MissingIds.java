package dev.leat.schemas.serde;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Ids that the registry did not know a moment ago: so that a flood of records with a wrong id does not become a flood of
 * requests, while a schema that is registered later is still found soon. Bounded and thread-safe.
 */
final class MissingIds {

    private static final int MAX_SIZE = 1_000;

    private final ConcurrentMap<Integer, Long> missingSince = new ConcurrentHashMap<>();
    private final long ttlNanos;
    private final LongSupplier nanoTime;

    MissingIds(Duration ttl, LongSupplier nanoTime) {
        this.ttlNanos = ttl.toNanos();
        this.nanoTime = nanoTime;
    }

    boolean contains(int id) {
        @Nullable
        Long since = missingSince.get(id);
        return since != null && isFresh(since);
    }

    void add(int id) {
        if (missingSince.size() >= MAX_SIZE) {
            missingSince.values().removeIf(since -> !isFresh(since));
        }
        if (missingSince.size() >= MAX_SIZE) {
            // So many wrong ids within the time to live: forgetting costs a request each, keeping them costs memory.
            missingSince.clear();
        }
        missingSince.put(id, nanoTime.getAsLong());
    }

    private boolean isFresh(long since) {
        return nanoTime.getAsLong() - since < ttlNanos;
    }
}
