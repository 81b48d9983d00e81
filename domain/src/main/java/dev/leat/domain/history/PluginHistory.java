package dev.leat.domain.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What has happened to the jobs of one plugin in one partition, in pieces of ten seconds, in a ring that holds an hour and
 * some minutes ahead, as workers' clocks may be. For one thread at a time.
 */
final class PluginHistory {

    private static final int KEPT = JobHistory.HOUR + JobHistory.AHEAD + 2;

    private final Tally[] ring = new Tally[KEPT];
    /** How many jobs are in lanes now. */
    private long queued;

    /** What is counted in one piece of time. */
    private static final class Tally {
        private final long number;
        private int started;
        private int completed;
        private int failed;
        /** As the piece of time began, and now or as it ended; without a change in it, none is known here. */
        private OptionalLong queuedBefore = OptionalLong.empty();
        private OptionalLong queuedAfter = OptionalLong.empty();
        private final LogHistogram waits = new LogHistogram();
        private final LogHistogram runs = new LogHistogram();

        Tally(long number) {
            this.number = number;
        }
    }

    void started(Instant at, Optional<Duration> wait, int times, long now) {
        tally(at, now).ifPresent(tally -> {
            tally.started += times;
            wait.ifPresent(waited -> tally.waits.add(waited, times));
        });
    }

    void ran(Instant until, Duration ran, long now) {
        tally(until, now).ifPresent(tally -> tally.runs.add(ran, 1));
    }

    void ended(Instant at, boolean completed, long now) {
        tally(at, now).ifPresent(tally -> {
            if (completed) {
                tally.completed++;
            } else {
                tally.failed++;
            }
        });
    }

    void queued(int difference, long now) {
        Tally tally = tally(now);
        if (tally.queuedBefore.isEmpty()) {
            tally.queuedBefore = OptionalLong.of(queued);
        }
        queued += difference;
        tally.queuedAfter = OptionalLong.of(queued);
    }

    /** Empty where the time is too long ago, or too far ahead. */
    private Optional<Tally> tally(Instant at, long now) {
        long number = JobHistory.numberOf(at);
        return number > now - JobHistory.HOUR && number <= now + JobHistory.AHEAD
                ? Optional.of(tally(number))
                : Optional.empty();
    }

    private Tally tally(long number) {
        int place = Math.floorMod(number, KEPT);
        if (ring[place] == null || ring[place].number != number) {
            ring[place] = new Tally(number);
        }
        return ring[place];
    }

    private Optional<Tally> find(long number) {
        return Optional.ofNullable(ring[Math.floorMod(number, KEPT)]).filter(tally -> tally.number == number);
    }

    /** The pieces from one to another, that one included; those before {@code since} say nothing of lanes. */
    List<HistoryBucket> buckets(long from, long to, long since) {
        List<HistoryBucket> buckets = new ArrayList<>();
        long depth = queuedBefore(from, to);
        for (long number = from; number <= to; number++) {
            Optional<Tally> tally = find(number);
            depth = tally.map(known -> known.queuedAfter).orElseGet(OptionalLong::empty).orElse(depth);
            HistoryBucket bucket = bucket(number, tally, depth);
            buckets.add(number < since ? bucket.withoutQueued() : bucket);
        }
        return buckets;
    }

    /** As nothing has changed from then to the first change after it. */
    private long queuedBefore(long from, long to) {
        for (long number = from; number <= to; number++) {
            OptionalLong before = find(number).map(tally -> tally.queuedBefore).orElseGet(OptionalLong::empty);
            if (before.isPresent()) {
                return before.getAsLong();
            }
        }
        return queued;
    }

    private static HistoryBucket bucket(long number, Optional<Tally> tally, long depth) {
        HistoryBucket lanes = new HistoryBucket(number, 0, 0, 0, OptionalLong.of(depth), new LogHistogram(),
                new LogHistogram());
        return tally.map(known -> lanes.and(new HistoryBucket(number, known.started, known.completed, known.failed,
                OptionalLong.of(0), known.waits, known.runs))).orElse(lanes);
    }
}
