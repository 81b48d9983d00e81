package dev.leat.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Everything that happens, one thing after the other: a queue of actions ordered by virtual time. What is due at one time
 * comes in an order drawn at random, so that one seed is one history.
 *
 * <p>Times are virtual nanoseconds from the beginning. For one thread.
 */
public final class World {

    /** When virtual time begins for clocks that people read. */
    public static final Instant BEGINNING = Instant.parse("2026-01-01T12:00:00Z");

    /** Compares by hand: half of all time goes into the queue. */
    private record Event(long at, int tie, long sequence, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            if (at != other.at) {
                return at < other.at ? -1 : 1;
            }
            return tie != other.tie ? Integer.compare(tie, other.tie) : Long.compare(sequence, other.sequence);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>(256);
    private final SplittableRandom random;
    private final Trace trace;
    private final Weather weather;
    private long now;
    private long sequence;

    /** A world in which nothing is going to happen. */
    public World(long seed, Trace trace) {
        this.random = new SplittableRandom(seed);
        this.trace = trace;
        this.weather = new Weather(random);
    }

    /** The time, in nanoseconds. */
    public long now() {
        return now;
    }

    /** The time as a clock shows it that is off by so much. */
    public Instant clock(long skewNanos) {
        return BEGINNING.plusNanos(now + skewNanos);
    }

    public SplittableRandom random() {
        return random;
    }

    /** How good the network is. */
    public Weather weather() {
        return weather;
    }

    /** Lets something happen then, or now if that is over. */
    public void at(long nanos, Runnable action) {
        events.add(new Event(Math.max(now, nanos), random.nextInt(), sequence++, action));
    }

    /** Lets something happen after so many nanoseconds. */
    public void after(long nanos, Runnable action) {
        at(now + nanos, action);
    }

    /** Lets the next thing happen; false where there is nothing left, or nothing before the given time. */
    public boolean step(long until) {
        if (events.isEmpty() || events.element().at() > until) {
            now = Math.max(now, until);
            return false;
        }
        Event next = events.remove();
        now = next.at();
        next.action().run();
        return true;
    }

    /** Notes a step of the history, for people. */
    public void tell(Supplier<String> step) {
        trace.add(now, step);
    }

    /** So many milliseconds in nanoseconds. */
    public static long millis(long millis) {
        return millis * 1_000_000;
    }

    /** A duration in nanoseconds. */
    public static long nanos(Duration duration) {
        return duration.toNanos();
    }
}
