package dev.leat.projector.topology;

import java.time.Duration;
import java.util.function.Supplier;

import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats what needs the schema registry while it is away. It is only asked about schemas that this process has not met
 * yet, so an outage mostly goes unnoticed. Waiting here is cheap; giving up costs the thread and the restoration of its
 * stores, and skipping would lose a fact. Thread-safe.
 */
public final class RegistryPatience {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryPatience.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(5);

    private final Duration limit;
    private final StopSignal stopSignal;

    /** @param limit how long one thing is tried, well under Kafka's {@code max.poll.interval.ms} */
    public RegistryPatience(Duration limit, StopSignal stopSignal) {
        this.limit = limit;
        this.stopSignal = stopSignal;
    }

    /**
     * The result of the first attempt that meets the registry.
     *
     * @throws StreamsException when the limit is over or the projector stops
     */
    public <T> T until(String what, Supplier<T> attempt) {
        long start = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return attempt.get();
            } catch (RetriableException away) {
                LOG.warn("Expected the schema registry to help to {}, but: {}; trying again", what, away.getMessage());
                boolean over = System.nanoTime() - start > limit.toNanos();
                if (over || stopSignal.pause(pause)) {
                    throw new StreamsException("Expected to " + what + " within " + limit + ", but could not", away);
                }
                pause = pause.multipliedBy(2).compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
            }
        }
    }
}
