package dev.leat.projector.watch;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.runtime.kafka.BrokerUnavailableException;
import dev.leat.schemas.Topics;

/**
 * Knows the lanes of this installation, as it asks Kafka for them once a second. Starts once and stops once. Thread-safe.
 */
public final class LaneWatch implements LaneDirectory, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LaneWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** How large a record a lane takes can be changed. */
    private static final Duration REFRESH_EVERY = Duration.ofSeconds(30);
    /** Without an answer in so long, nobody knows which lanes are missing. */
    private static final Duration FRESH = Duration.ofSeconds(10);
    /** What brokers take by default. */
    private static final int USUAL_RECORD = 1_048_588;

    private final Admin admin;
    private final Pattern lanes;
    private final MissingLanes missing;
    private final BackgroundRounds looks;
    private volatile Seen seen = new Seen(Map.of(), false, 0);
    /** Owned by the thread of the rounds. */
    private long refreshedNanos = System.nanoTime();

    /** How large a record each lane takes. */
    private record Seen(Map<String, Integer> largest, boolean ever, long atNanos) {}

    /**
     * @param admin closed by whoever made it
     * @param patience how long a lane that is needed is waited for
     */
    public LaneWatch(Admin admin, Topics topics, Duration patience) {
        this.admin = admin;
        this.lanes = topics.lanePattern();
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
            largest.putAll(describe(names));
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

    private Map<String, Integer> describe(Collection<String> names) throws InterruptedException {
        Map<String, Integer> described = new HashMap<>();
        Map<ConfigResource, KafkaFuture<Config>> answers = admin.describeConfigs(
                names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList()).values();
        for (Map.Entry<ConfigResource, KafkaFuture<Config>> answer : answers.entrySet()) {
            try {
                described.put(answer.getKey().name(), Integer
                        .parseInt(answer.getValue().get().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value()));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    LOG.warn("Expected to hear how large a record {} takes, but: {}; takes {} for granted",
                            answer.getKey().name(), e.getMessage(), USUAL_RECORD);
                    described.put(answer.getKey().name(), USUAL_RECORD);
                }
            }
        }
        return described;
    }

    @Override
    public void close() {
        looks.close();
    }
}
