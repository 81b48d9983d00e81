package dev.leat.testkit.guarantees;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.WorkerId;
import dev.leat.testkit.guarantees.PluginRecords.Beat;
import dev.leat.testkit.guarantees.PluginRecords.Start;

/**
 * When all workers can be expected to agree on who lives and what is allowed: not while a worker comes, goes or may be
 * taken for gone, nor while the word of it is under way.
 */
final class Calm {

    /** As long as a lease: whoever has heard nothing for longer starts nothing. */
    static final Duration UNDER_WAY = Duration.ofSeconds(10);
    /** Longer than between two heartbeats: one at least is missing. */
    private static final Duration GAP = Duration.ofSeconds(4);
    /** After that a worker takes nothing for its own any more, see {@code WorkerLease}. */
    private static final Duration SURE = Duration.ofSeconds(6);

    private record Unrest(Instant from, Instant until) {

        boolean contains(Instant time) {
            return !from.isAfter(time) && until.isAfter(time);
        }
    }

    private final List<Unrest> unrest = new ArrayList<>();
    private final Map<WorkerId, List<Beat>> beats;

    /** @param settings when something else was allowed */
    Calm(PluginRecords records, Collection<Instant> settings) {
        this.beats = records.beatsByWorker();
        settings.forEach(this::disturbed);
        beats.values().forEach(this::disturbedBy);
    }

    private void disturbed(Instant at) {
        unrest.add(new Unrest(at, at.plus(UNDER_WAY)));
    }

    private void disturbedBy(List<Beat> ofWorker) {
        disturbed(ofWorker.getFirst().written());
        Beat before = ofWorker.getFirst();
        for (Beat beat : ofWorker) {
            if (Duration.between(before.written(), beat.written()).compareTo(GAP) > 0) {
                unrest.add(new Unrest(before.written(), beat.written().plus(UNDER_WAY)));
            }
            before = beat;
        }
        unrest.add(new Unrest(before.written(), before.written().plus(before.lease()).plus(UNDER_WAY)));
    }

    boolean at(Instant time) {
        return unrest.stream().noneMatch(span -> span.contains(time));
    }

    /** Whether it has been calm from one time to the other. */
    boolean between(Instant from, Instant until) {
        return unrest.stream().noneMatch(span -> span.from().isBefore(until) && span.until().isAfter(from));
    }

    /** Whether the worker that has started it may have lost its lease meanwhile, so that others have taken its share. */
    boolean mayHaveLost(Start start, Instant now) {
        Optional<Instant> before = Optional.empty();
        for (Beat beat : beats.getOrDefault(start.worker(), List.of())) {
            if (beat.written().isAfter(now)) {
                break;
            }
            if (beat.written().isAfter(start.from()) && before.map(last -> isLong(last, beat.written())).orElse(true)) {
                return true;
            }
            before = Optional.of(beat.written());
        }
        return before.map(last -> isLong(last, now)).orElse(true);
    }

    private static boolean isLong(Instant from, Instant until) {
        return Duration.between(from, until).compareTo(SURE) >= 0;
    }

    int workers() {
        return beats.size();
    }
}
