package dev.leat.simulation.world;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A process: may be killed and started again, suspended, and cut off from Kafka. What it was about to do is forgotten when
 * it is killed; when it was suspended it does all that at its wakening, in any order, as the threads of a process do.
 */
public abstract class Node {

    private final String name;
    private final World world;
    private final long skew;
    private final Map<String, Long> lagging = new HashMap<>();
    /** By connection, when its last question arrives: Kafka takes the questions of one connection in their order. */
    private final Map<String, Long> arrivals = new HashMap<>();
    private int life;
    private boolean up;
    private long suspendedUntil;
    private long cutUntil;

    /** @param skewNanos how far its clock is off */
    protected Node(String name, World world, long skewNanos) {
        this.name = name;
        this.world = world;
        this.skew = skewNanos;
    }

    /** Begins a life of the process, with nothing but what it finds in Kafka. */
    protected abstract void boot();

    /** The process is gone; called before anything of it is forgotten. */
    protected abstract void died();

    public final World world() {
        return world;
    }

    public final boolean isUp() {
        return up;
    }

    /** Its name with the number of its life, so that it is never used again. */
    public final String identity() {
        return name + "." + life;
    }

    public final Instant clock() {
        return world.clock(skew);
    }

    public final long now() {
        return world.now();
    }

    /** Starts it; does nothing where it is up. */
    public final void start() {
        if (!up) {
            up = true;
            life++;
            suspendedUntil = 0;
            arrivals.clear();
            tell("starts");
            boot();
        }
    }

    /** Kills it; does nothing where it is down. */
    public final void kill(String why) {
        if (up) {
            tell(why);
            died();
            up = false;
        }
    }

    public final void suspend(long untilNanos) {
        suspendedUntil = Math.max(suspendedUntil, untilNanos);
        tell("is suspended");
    }

    public final void cut(long untilNanos) {
        cutUntil = Math.max(cutUntil, untilNanos);
        tell("is cut off from Kafka");
    }

    /** Nothing of this topic reaches it before then, or nothing that it asks by this connection is answered. */
    public final void lag(String topicOrConnection, long untilNanos) {
        lagging.merge(topicOrConnection, untilNanos, Math::max);
        world.tell(() -> identity() + " hears nothing of " + topicOrConnection);
    }

    /** Takes all faults but death from it. */
    public final void heal() {
        suspendedUntil = Math.min(suspendedUntil, now());
        cutUntil = Math.min(cutUntil, now());
        lagging.clear();
    }

    protected final void tell(String what) {
        world.tell(() -> identity() + " " + what);
    }

    /** Does something after so many nanoseconds, if it lives then, and once it is awake. */
    public final void after(long nanos, Runnable action) {
        int born = life;
        world.after(nanos, () -> wake(born, action));
    }

    private void wake(int born, Runnable action) {
        if (!up || life != born) {
            return;
        }
        if (now() < suspendedUntil) {
            world.at(suspendedUntil + world.random().nextInt(3_000_000), () -> wake(born, action));
            return;
        }
        action.run();
    }

    /** Does something again and again. */
    public final void every(long nanos, Runnable action) {
        after(nanos, () -> {
            action.run();
            every(nanos, action);
        });
    }

    /** When what is sent or fetched now arrives, in nanoseconds from now. */
    public final long way(String topicOrConnection) {
        long free = Math.max(cutUntil, lagging.getOrDefault(topicOrConnection, 0L));
        return Math.max(0, free - now()) + world.weather().latency(now());
    }

    /**
     * Asks Kafka something.
     *
     * @param connection questions of one connection arrive in the order in which they are asked
     * @param atKafka what Kafka does when the question arrives; perhaps also when the process has died meanwhile
     * @param answered what is made of the answer; empty where none came in time, whatever Kafka has done
     */
    public final <T> void ask(String connection, Supplier<T> atKafka, Consumer<Optional<T>> answered,
            long timeoutNanos) {
        Call<T> call = new Call<>(answered);
        int born = life;
        after(timeoutNanos, () -> call.end(Optional.empty()));
        if (world.weather().loses(now())) {
            return;
        }
        long arrival = Math.max(arrivals.getOrDefault(connection, 0L), now() + way(connection));
        arrivals.put(connection, arrival + 1);
        world.at(arrival, () -> {
            if ((up && life == born) || world.weather().outlives()) {
                T answer = atKafka.get();
                if (!world.weather().loses(now())) {
                    world.after(way(connection), () -> wake(born, () -> call.end(Optional.of(answer))));
                }
            }
        });
    }

    private static final class Call<T> {

        private final Consumer<Optional<T>> answered;
        private boolean over;

        Call(Consumer<Optional<T>> answered) {
            this.answered = answered;
        }

        void end(Optional<T> answer) {
            if (!over) {
                over = true;
                answered.accept(answer);
            }
        }
    }
}
