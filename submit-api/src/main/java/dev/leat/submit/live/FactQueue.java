package dev.leat.submit.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Facts on their way from the reader of the log to one who watches, as many as there is room for.
 *
 * <p>Invariant: what it gives has no gap. Once a fact found no room, or the feed has ended, it takes no more, and says so
 * when all that it had taken is out. Thread-safe: one puts in, one takes out.
 */
final class FactQueue {

    private final BlockingQueue<LoggedFact> facts;
    private volatile boolean closed;

    FactQueue(int room) {
        this.facts = new LinkedBlockingQueue<>(room);
    }

    /** Puts in a fact, if it is still open and has room. */
    void offer(LoggedFact fact) {
        if (!closed && !facts.offer(fact)) {
            closed = true;
        }
    }

    /** Takes in no more. */
    void close() {
        closed = true;
    }

    /** Whether a fact found no room, or the feed has ended; there may still be facts in it. */
    boolean isClosed() {
        return closed;
    }

    boolean isEmpty() {
        return facts.isEmpty();
    }

    /** The next fact; empty where none came in time, or none will come any more. */
    Optional<LoggedFact> poll(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            long slice = Math.min(end - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(500));
            Optional<LoggedFact> next = Optional
                    .ofNullable(facts.poll(closed ? 0 : Math.max(0, slice), TimeUnit.NANOSECONDS));
            if (next.isPresent() || closed || System.nanoTime() >= end) {
                return next.or(() -> Optional.ofNullable(facts.poll()));
            }
        }
    }

    /** Adds what is in it now, up to so many. */
    void drainTo(List<LoggedFact> target, int most) {
        facts.drainTo(target, most);
    }

    /** All that is in it now. */
    List<LoggedFact> drain() {
        List<LoggedFact> all = new ArrayList<>();
        facts.drainTo(all);
        return all;
    }
}
