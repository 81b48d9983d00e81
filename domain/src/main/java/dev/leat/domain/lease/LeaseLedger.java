package dev.leat.domain.lease;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.WorkerId;

/**
 * Which workers live, as one observer sees it: a worker's lease runs from the arrival of its last heartbeat, on the
 * observer's own time. The clocks of workers and observers need not agree.
 *
 * <p>The observer's time is made of its ticks, each of which counts for {@code longestTick} at most: an observer that was
 * suspended has seen nothing meanwhile, and holds that against nobody. It ticks only after it has read all heartbeats
 * there are; one that ticks while Kafka is out of its reach takes workers for lost that live and are sure of it.
 *
 * <p>Invariant: no worker is lost whose beats have come with less than a lease of observed time in between, nor one that
 * has made a claim within a lease. A worker of which no beat is known is given a lease from when it was first asked for.
 *
 * <p>Not thread-safe.
 */
public final class LeaseLedger {

    private final Duration longestTick;
    private final Duration defaultLease;
    private final Map<WorkerId, Sighting> sightings = new HashMap<>();
    private Duration observed = Duration.ZERO;

    private record Sighting(Duration at, Duration lease) {}

    /** @param defaultLease of workers of which no beat is known */
    public LeaseLedger(Duration longestTick, Duration defaultLease) {
        this.longestTick = longestTick;
        this.defaultLease = defaultLease;
    }

    /** Time has passed for the observer, and it has just read the last heartbeat that there was. */
    public void tick(Duration since) {
        observed = observed.plus(since.compareTo(longestTick) > 0 ? longestTick : since);
    }

    /** A heartbeat has arrived. */
    public void beat(WorkerId worker, Duration lease) {
        sightings.put(worker, new Sighting(observed, lease));
    }

    /**
     * A claim of the worker was met for the first time, so it lived when it made it. Heartbeats and claims come from
     * different topics: without this, a worker that was lost and is back would lose a claim whose start is read before the
     * beat that went before it.
     */
    public void claimed(WorkerId worker) {
        Duration lease = sightings.containsKey(worker) ? sightings.get(worker).lease() : defaultLease;
        sightings.put(worker, new Sighting(observed, lease));
    }

    /** The worker has said goodbye: it holds nothing any more. */
    public void goodbye(WorkerId worker) {
        sightings.put(worker, new Sighting(observed, Duration.ZERO));
    }

    /** Whether the worker's lease has run out. */
    public boolean isLost(WorkerId worker) {
        @Nullable
        Sighting last = sightings.get(worker);
        if (last == null) {
            sightings.put(worker, new Sighting(observed, defaultLease));
            return false;
        }
        return observed.minus(last.at()).compareTo(last.lease()) >= 0;
    }

    /** Forgets workers that nobody asks for and that have been lost for long. */
    public void forget(Predicate<WorkerId> asked, Duration longer) {
        sightings.entrySet()
                .removeIf(entry -> !asked.test(entry.getKey())
                        && observed.minus(entry.getValue().at()).compareTo(entry.getValue().lease().plus(longer)) > 0);
    }
}
