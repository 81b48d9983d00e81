package dev.leat.domain;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the control topic says about jobs that wait for each other; all of it hangs on that topic's order alone.
 *
 * @param watchers who waits for the end of this job
 * @param attempt the attempt of this job that others' ends have been told for last; 0 before the first
 * @param ended those that have ended for which that attempt waits, by id
 */
public record Waits(Set<Watcher> watchers, int attempt, Map<JobId, AwaitedJob> ended) {

    public static final Waits NONE = new Waits(Set.of(), 0, Map.of());

    /**
     * Somebody who waits.
     *
     * @param job the job that waits
     * @param attempt its attempt that is queued when the wait is over
     */
    public record Watcher(JobId job, int attempt) implements Comparable<Watcher> {

        @Override
        public int compareTo(Watcher other) {
            int byJob = job.compareTo(other.job);
            return byJob != 0 ? byJob : Integer.compare(attempt, other.attempt);
        }
    }

    public Waits {
        watchers = Set.copyOf(watchers);
        ended = Map.copyOf(ended);
    }

    Waits watchedBy(Watcher watcher) {
        Set<Watcher> more = new TreeSet<>(watchers);
        more.add(watcher);
        return new Waits(more, attempt, ended);
    }

    /** What comes for an earlier attempt is old news; of two ends of one job the first counts. */
    Waits told(Fact.AwaitedEnded fact) {
        if (fact.attempt() < attempt) {
            return this;
        }
        Map<JobId, AwaitedJob> more = new TreeMap<>();
        if (fact.attempt() == attempt) {
            more.putAll(ended);
        }
        more.putIfAbsent(fact.ended().job(), fact.ended());
        return new Waits(watchers, fact.attempt(), more);
    }
}
