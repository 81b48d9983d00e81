package dev.leat.projector.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * When the stream threads commit ahead of their interval, as what they have written is waited for in another task: a
 * batch of few operations at a time goes on only when their ends are visible. Thread-safe; each stream thread has a pace of
 * its own, as it commits all of its tasks together.
 *
 * <p>A commit takes some ten milliseconds, in which nothing else is done. So early ones are some time apart, and where
 * much is waited for the interval has to do: then enough goes on with each commit.
 */
public final class CommitPace {

    private static final Duration APART = Duration.ofMillis(25);
    private static final Duration WINDOW = Duration.ofMillis(100);
    /** Where more is asked for in a window, the next window has no early commits. */
    private static final int FEW = 20;

    private final Map<Thread, Steps> steps = Collections.synchronizedMap(new WeakHashMap<>());

    /** What one thread has done of late. Only for that thread. */
    private static final class Steps {

        private Instant windowStart = Instant.EPOCH;
        private int asked;
        private boolean busy;
        private Instant last = Instant.EPOCH;

        private Optional<Instant> next(Instant now) {
            count(now);
            if (busy || asked > FEW || last.isAfter(now)) {
                return Optional.empty();
            }
            Instant next = last.plus(APART);
            last = next.isAfter(now) ? next : now;
            return Optional.of(last);
        }

        private void count(Instant now) {
            if (!now.isBefore(windowStart.plus(WINDOW)) || now.isBefore(windowStart)) {
                busy = asked > FEW && now.isBefore(windowStart.plus(WINDOW.multipliedBy(2)));
                windowStart = now;
                asked = 0;
            }
            asked++;
        }
    }

    /**
     * When the calling stream thread is to commit what it has just written.
     *
     * @return now or soon; empty where it commits by then anyway, or where too much is asked for
     */
    Optional<Instant> next(Instant now) {
        return steps.computeIfAbsent(Thread.currentThread(), _ -> new Steps()).next(now);
    }
}
