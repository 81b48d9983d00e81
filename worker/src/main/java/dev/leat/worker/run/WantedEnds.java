package dev.leat.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.leat.domain.EndReason;
import dev.leat.domain.JobId;

/**
 * The jobs that are wanted to end, and why, as the control topic says. They are kept for as long as a command can wait in
 * its lane, on the log's own clock, and then forgotten.
 *
 * <p>{@link #add} is for the one thread that reads the topic, {@link #unwanted} for any.
 */
public final class WantedEnds {

    /** Longer than lanes keep commands, which is 7 days. */
    private static final Duration KEPT = Duration.ofDays(8);

    private record Want(JobId job, EndReason reason) {}

    private record Entry(Want want, Instant at) {}

    private final Map<Want, Instant> latest = new ConcurrentHashMap<>();
    private final Deque<Entry> byAge = new ArrayDeque<>();

    /**
     * Notes that the job is wanted to end.
     *
     * @param at when the record was written to the log
     */
    public void add(JobId job, EndReason reason, Instant at) {
        Want want = new Want(job, reason);
        latest.put(want, at);
        byAge.addLast(new Entry(want, at));
        while (byAge.getFirst().at().isBefore(at.minus(KEPT))) {
            Entry oldest = byAge.removeFirst();
            latest.remove(oldest.want(), oldest.at());
        }
    }

    /**
     * Why an attempt of the job should not begin, the weightiest reason; empty where it may. A job expires only before its
     * first start, so nothing but its first attempt is kept from running by that.
     */
    public Optional<EndReason> unwanted(JobId job, int attempt) {
        return Arrays.stream(EndReason.values())
                .filter(reason -> reason != EndReason.EXPIRE || attempt == 1)
                .filter(reason -> latest.containsKey(new Want(job, reason)))
                .findFirst();
    }
}
