package dev.leat.submit.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The facts that somebody is about to fold. A reader may get records of one topic sooner than older ones of another, so a
 * fact may be here before the one that it comes from: it then holds back its partition, while the others go on.
 *
 * <p>Invariant: it gives each partition in its order, and no fact before what it comes from. That is waited for for
 * {@value #PATIENCE_SECONDS} s; where it has been waited for in vain, somebody writes facts that come from nothing, and for
 * {@value #TRUST_SECONDS} s nothing is held back.
 *
 * <p>For one thread.
 */
final class FactLine {

    /** Longer than it takes to find a new topic. */
    private static final int PATIENCE_SECONDS = 5;
    private static final int TRUST_SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);
    private static final Duration TRUST = Duration.ofSeconds(TRUST_SECONDS);
    private static final Logger LOG = LoggerFactory.getLogger(FactLine.class);

    private final Map<Partition, Deque<LoggedFact>> partitions = new HashMap<>();
    private final Map<Partition, Held> held = new HashMap<>();
    private Optional<Long> waitedInVain = Optional.empty();

    private record Partition(String topic, int number) {

        static Partition of(LoggedFact fact) {
            return new Partition(fact.topic(), fact.partition());
        }
    }

    private record Held(long offset, long since) {}

    /** Adds facts, each partition in its order. */
    void add(Collection<LoggedFact> facts) {
        facts.forEach(fact -> partitions.computeIfAbsent(Partition.of(fact), _ -> new ArrayDeque<>()).add(fact));
    }

    boolean isEmpty() {
        return partitions.isEmpty();
    }

    /**
     * Takes out the next fact, the oldest of those that can be told; empty where all that are there are held back.
     *
     * @param isEarly whether a fact comes from one that has yet to come
     * @param now in nanoseconds of {@link System#nanoTime}
     */
    Optional<LoggedFact> next(Predicate<LoggedFact> isEarly, long now) {
        Optional<Deque<LoggedFact>> next = Optional.empty();
        for (Deque<LoggedFact> facts : partitions.values()) {
            LoggedFact first = facts.getFirst();
            if (next.filter(other -> other.getFirst().writtenAt() <= first.writtenAt()).isEmpty()
                    && !isHeld(first, isEarly, now)) {
                next = Optional.of(facts);
            }
        }
        return next.map(this::takeFirst);
    }

    private LoggedFact takeFirst(Deque<LoggedFact> facts) {
        LoggedFact first = facts.remove();
        held.remove(Partition.of(first));
        if (facts.isEmpty()) {
            partitions.remove(Partition.of(first));
        }
        return first;
    }

    private boolean isHeld(LoggedFact first, Predicate<LoggedFact> isEarly, long now) {
        if (!isEarly.test(first) || waitedInVain.filter(since -> now - since < TRUST.toNanos()).isPresent()) {
            return false;
        }
        Held here = held.compute(Partition.of(first), (_, before) -> before != null && before.offset() == first.offset()
                ? before
                : new Held(first.offset(), now));
        if (now - here.since() < PATIENCE.toNanos()) {
            return true;
        }
        LOG.warn("Expected to read what {} of job {} comes from, but it has not come for {}",
                first.fact().getClass().getSimpleName(),
                first.job(), PATIENCE);
        waitedInVain = Optional.of(now);
        return false;
    }
}
