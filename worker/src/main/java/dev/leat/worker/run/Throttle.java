package dev.leat.worker.run;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Thins out what one attempt says: parcels at least an interval apart, one under way at a time, so that nothing piles up
 * while the broker is away. What is said meanwhile is merged, and none of it is left waiting. Pure; times are {@link
 * System#nanoTime} readings. Not thread-safe.
 *
 * @param <T> what is said
 */
final class Throttle<T> {

    /** Something to send; sequences count from 1 without gaps. */
    record Parcel<T>(long sequence, T content) {}

    private final long interval;
    private final BinaryOperator<T> merge;
    private Optional<T> waiting = Optional.empty();
    private boolean scheduled;
    private boolean underWay;
    private long sentAt;
    private long sequence;

    /** @param merge makes one of what was said earlier and later; for what only counts by its latest, that */
    Throttle(Duration interval, BinaryOperator<T> merge) {
        this.interval = interval.toNanos();
        this.merge = merge;
    }

    /** Of what is said, only the latest counts. */
    static <T> Throttle<T> latest(Duration interval) {
        return new Throttle<>(interval, (_, later) -> later);
    }

    /**
     * Takes what the handler says.
     *
     * @return how long to wait until {@link #take}; empty where it is called anyway
     */
    Optional<Duration> offer(T said, long now) {
        waiting = Optional.of(waiting.map(earlier -> merge.apply(earlier, said)).orElse(said));
        return schedule(now);
    }

    /** The last parcel has arrived; returns what {@link #offer} does. */
    Optional<Duration> arrived(long now) {
        underWay = false;
        return schedule(now);
    }

    /** The last parcel will not arrive, so its content waits again; returns what {@link #offer} does. */
    Optional<Duration> refused(T content, long now) {
        waiting = Optional.of(waiting.map(later -> merge.apply(content, later)).orElse(content));
        underWay = false;
        return schedule(now);
    }

    /** What to send now; empty where it has all been sent. */
    Optional<Parcel<T>> take(long now) {
        scheduled = false;
        Optional<Parcel<T>> parcel = waiting.map(content -> new Parcel<>(++sequence, content));
        if (parcel.isPresent()) {
            waiting = Optional.empty();
            underWay = true;
            sentAt = now;
        }
        return parcel;
    }

    private Optional<Duration> schedule(long now) {
        if (scheduled || underWay || waiting.isEmpty()) {
            return Optional.empty();
        }
        scheduled = true;
        return Optional.of(Duration.ofNanos(sequence == 0 ? 0 : Math.max(0, interval - (now - sentAt))));
    }
}
