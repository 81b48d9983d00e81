package dev.leat.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.leat.domain.JobId;

/**
 * The jobs that somebody wants to end, as the control topic says. Ids are kept for as long as a command can wait in its
 * lane, on the log's own clock, and then forgotten.
 *
 * <p>{@link #add} is for the one thread that reads the topic, {@link #contains} for any.
 */
public final class Cancellations {

    /** Longer than lanes keep commands, which is 7 days. */
    private static final Duration KEPT = Duration.ofDays(8);

    private record Entry(JobId job, Instant at) {}

    private final Map<JobId, Instant> latest = new ConcurrentHashMap<>();
    private final Deque<Entry> byAge = new ArrayDeque<>();

    /**
     * Notes that somebody wants the job to end.
     *
     * @param at when the record was written to the log
     */
    public void add(JobId job, Instant at) {
        latest.put(job, at);
        byAge.addLast(new Entry(job, at));
        while (byAge.getFirst().at().isBefore(at.minus(KEPT))) {
            Entry oldest = byAge.removeFirst();
            latest.remove(oldest.job(), oldest.at());
        }
    }

    public boolean contains(JobId job) {
        return latest.containsKey(job);
    }
}
