package dev.leat.submit.order;

import java.time.Duration;
import java.util.Map;

import dev.leat.runtime.kafka.EndOffsets;
import dev.leat.runtime.kafka.TopicTail;

/** Waits until what was written before is known here. Thread-safe. */
public record FreshTails(EndOffsets ends, Map<String, TopicTail> tails) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** @param tails by topic */
    public FreshTails {
        tails = Map.copyOf(tails);
    }

    /** @throws IllegalStateException where they do not get there in time */
    void await() {
        tails.forEach(this::await);
    }

    private void await(String topic, TopicTail tail) {
        try {
            if (tail.awaitPosition(ends.of(topic, tail.positions().keySet(), PATIENCE), PATIENCE)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("Expected to have read " + topic + " to its end, but it takes longer");
    }

    @Override
    public void close() {
        ends.close();
    }
}
