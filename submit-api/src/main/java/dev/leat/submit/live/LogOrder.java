package dev.leat.submit.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.apache.kafka.common.TopicPartition;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;

/**
 * Puts what was read from several partitions about into the order in which it was written. Each partition keeps its own
 * order.
 */
final class LogOrder {

    private LogOrder() {}

    /** Where something stands, and when it was written, in milliseconds. */
    record Place(String topic, int partition, long writtenAt) {}

    /** By time, but each partition in its own order, whatever the clocks of its writers. */
    static <T> List<T> byTime(List<T> read, Function<T, Place> placeOf) {
        record Timed<T>(long time, T one) {}
        Map<TopicPartition, Long> latest = new HashMap<>();
        return read.stream()
                .map(one -> {
                    Place place = placeOf.apply(one);
                    return new Timed<>(latest.merge(new TopicPartition(place.topic(), place.partition()),
                            place.writtenAt(), Math::max), one);
                })
                .toList()
                .stream()
                .sorted(Comparator.comparingLong(Timed::time))
                .map(Timed::one)
                .toList();
    }

    /**
     * Facts by time, but none before what it comes from, whatever the clocks of different machines say: an attempt is
     * started by who has read its command.
     */
    static List<LoggedFact> byCause(List<LoggedFact> read) {
        List<LoggedFact> timed = byTime(read,
                fact -> new Place(fact.topic(), fact.partition(), fact.writtenAt()));
        Map<Attempt, LoggedFact> commands = new HashMap<>();
        Map<TopicPartition, Deque<LoggedFact>> left = new HashMap<>();
        for (LoggedFact fact : timed) {
            left.computeIfAbsent(partition(fact), _ -> new ArrayDeque<>()).add(fact);
            Attempt.commanded(fact).ifPresent(attempt -> commands.putIfAbsent(attempt, fact));
        }
        Set<LoggedFact> done = Collections.newSetFromMap(new IdentityHashMap<>());
        List<LoggedFact> ordered = new ArrayList<>();
        for (LoggedFact fact : timed) {
            Stream.concat(Attempt.started(fact).map(commands::get).stream(), Stream.of(fact)).forEach(next -> {
                Deque<LoggedFact> partition = left.getOrDefault(partition(next), new ArrayDeque<>());
                while (!done.contains(next)) {
                    LoggedFact first = partition.remove();
                    done.add(first);
                    ordered.add(first);
                }
            });
        }
        return ordered;
    }

    private static TopicPartition partition(LoggedFact fact) {
        return new TopicPartition(fact.topic(), fact.partition());
    }

    private record Attempt(JobId job, int number) {

        static Optional<Attempt> commanded(LoggedFact fact) {
            return fact.fact() instanceof Fact.JobQueued queued
                    ? Optional.of(new Attempt(fact.job(), queued.attempt()))
                    : Optional.empty();
        }

        static Optional<Attempt> started(LoggedFact fact) {
            return fact.fact() instanceof Fact.AttemptStarted start
                    ? Optional.of(new Attempt(fact.job(), start.attempt()))
                    : Optional.empty();
        }
    }
}
