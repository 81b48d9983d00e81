package dev.leat.worker.claim;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

import org.apache.kafka.common.TopicPartition;

/**
 * The partitions whose first command cannot be judged yet, most often because the schema registry is away. One of them at
 * a time is tried again, each time after a longer pause, so that asking does not take the time of the others; the first success lets
 * all of them go on.
 *
 * <p>Pure; times are {@link System#nanoTime} readings. Owned by the consumer's thread.
 */
final class RegistryWait {

    private static final long FIRST_PAUSE = Duration.ofMillis(500).toNanos();
    private static final long LAST_PAUSE = Duration.ofSeconds(10).toNanos();

    private final Set<TopicPartition> waiting = new LinkedHashSet<>();
    private long pause = FIRST_PAUSE;
    private long nextTry;

    /** The partition's first command could not be read. */
    void add(TopicPartition partition, long now) {
        // To the end: another one's turn comes first.
        waiting.remove(partition);
        waiting.add(partition);
        nextTry = now + pause;
        pause = Math.min(LAST_PAUSE, pause * 2);
    }

    /** A command of the partition has been read. */
    void answered(TopicPartition partition) {
        if (waiting.contains(partition)) {
            waiting.clear();
            pause = FIRST_PAUSE;
        }
    }

    void revoked(Collection<TopicPartition> partitions) {
        waiting.removeAll(Set.copyOf(partitions));
    }

    /** Whether the partition's first command may be looked at now. */
    boolean mayTry(TopicPartition partition, long now) {
        return !waiting.contains(partition)
                || (now - nextTry >= 0 && waiting.iterator().next().equals(partition));
    }

}
