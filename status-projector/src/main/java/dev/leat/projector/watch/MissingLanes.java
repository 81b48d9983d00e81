package dev.leat.projector.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How long lanes that are not there have been needed. Times are nanoseconds of one monotonic clock. Thread-safe.
 */
final class MissingLanes {

    /** What has not been needed for so long begins to be waited for anew: much can have happened since. */
    private static final Duration STILL_NEEDED = Duration.ofSeconds(10);

    private final long patienceNanos;
    /** Guarded by this. */
    private final Map<String, Need> needs = new HashMap<>();

    private record Need(long sinceNanos, long lastNanos) {}

    MissingLanes(Duration patience) {
        this.patienceNanos = patience.toNanos();
    }

    /** Notes that the lane is needed; gives whether it has been for as long as anybody waits. */
    synchronized boolean isOverdue(String topic, long nowNanos) {
        @Nullable
        Need known = needs.get(topic);
        boolean goesOn = known != null && isStillNeeded(known, nowNanos);
        long since = known != null && goesOn ? known.sinceNanos() : nowNanos;
        needs.put(topic, new Need(since, nowNanos));
        return nowNanos - since >= patienceNanos;
    }

    /** Forgets those that nobody needs any more. */
    synchronized void tidy(long nowNanos) {
        needs.values().removeIf(need -> !isStillNeeded(need, nowNanos));
    }

    private static boolean isStillNeeded(Need need, long nowNanos) {
        return nowNanos - need.lastNanos() < STILL_NEEDED.toNanos();
    }
}
