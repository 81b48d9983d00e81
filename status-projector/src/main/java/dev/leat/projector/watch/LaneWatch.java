package dev.leat.projector.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

import dev.leat.runtime.kafka.BrokerUnavailableException;
import dev.leat.schemas.Topics;

/**
 * Knows the lanes of this installation, as it asks Kafka for them once a second. Starts once and stops once. Thread-safe.
 */
public final class LaneWatch implements LaneDirectory, AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** How large a record a lane takes can be changed. */
    private static final Duration REFRESH_EVERY = Duration.ofSeconds(30);
    /** Without an answer in so long, nobody knows which lanes are missing. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Admin admin;
    private final Pattern lanes;
    private final LaneInspection inspection;
    private final MissingLanes missing;
    private final BackgroundRounds looks;
    private volatile Seen seen = new Seen(Map.of(), false, 0);
    /** Owned by the thread of the rounds. */
    private long refreshedNanos = System.nanoTime();

    /** How large a record each lane takes. */
    private record Seen(Map<String, Integer> largest, boolean ever, long atNanos) {}

    /**
     * @param admin closed by whoever made it
     * @param partitions how many every lane has
     * @param patience how long a lane that is needed is waited for
     */
    public LaneWatch(Admin admin, Topics topics, int partitions, Duration patience) {
        this.admin = admin;
        this.lanes = topics.lanePattern();
        this.inspection = new LaneInspection(admin, partitions);
        this.missing = new MissingLanes(patience);
        this.looks = new BackgroundRounds("leat-projector-lanes", "know the lanes", LOOK_EVERY, this::look);
    }

    public void start() {
        looks.start();
    }

    @Override
    public Lookup find(String topic) {
        Seen now = seen;
        @Nullable
        Integer largest = now.largest().get(topic);
        if (largest != null) {
            return new Lookup.Present(largest);
        }
        long nanos = System.nanoTime();
        boolean overdue = missing.isOverdue(topic, nanos);
        boolean fresh = now.ever() && nanos - now.atNanos() < FRESH.toNanos();
        return overdue && fresh ? new Lookup.Missing() : new Lookup.Awaited();
    }

    private void look() throws InterruptedException {
        long start = System.nanoTime();
        try {
            Set<String> names = admin.listTopics()
                    .names()
                    .get()
                    .stream()
                    .filter(lanes.asMatchPredicate())
                    .collect(Collectors.toSet());
            Map<String, Integer> largest = known(names, start);
            names.removeAll(largest.keySet());
            largest.putAll(inspection.largestRecords(names));
            seen = new Seen(Map.copyOf(largest), true, start);
        } catch (ExecutionException e) {
            throw new BrokerUnavailableException("Expected Kafka to name its topics, but: " + e.getMessage(), e);
        }
        missing.tidy(start);
    }

    /** Nothing where all is to be looked up again. */
    private Map<String, Integer> known(Set<String> names, long nowNanos) {
        Map<String, Integer> known = new HashMap<>();
        if (nowNanos - refreshedNanos > REFRESH_EVERY.toNanos()) {
            refreshedNanos = nowNanos;
            return known;
        }
        known.putAll(seen.largest());
        known.keySet().retainAll(names);
        return known;
    }

    @Override
    public void close() {
        looks.close();
    }
}
