package dev.leat.submit.socket;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import dev.leat.domain.JobId;
import dev.leat.submit.live.LogPosition;

/**
 * Progress of jobs on its way to one client: of each job the newest, and not sooner after the last one than a pause. For
 * one thread at a time. All times are of {@link System#nanoTime}.
 */
final class HeldProgress {

    private static final Comparator<Held> OLDEST = Comparator.comparingLong(held -> held.news().sequence());

    private final long pause;
    private final Map<JobId, Held> held = new HashMap<>();
    /** When each job was told of last, the longest ago first; only those for which the pause is not over. */
    private final Map<JobId, Long> told = new LinkedHashMap<>();

    /**
     * Progress that has not been told.
     *
     * @param before the place in the log from which it would be told again
     * @param due when it may be told
     */
    record Held(News news, LogPosition before, long due) {}

    HeldProgress(Duration pause) {
        this.pause = pause.toNanos();
    }

    /** Keeps it in place of what is kept of the same job. */
    void put(News news, LogPosition before, long now) {
        forgetOld(now);
        Long last = told.get(news.job());
        held.put(news.job(), new Held(news, before, last == null ? now : last + pause));
    }

    /** Something else is told of the job, which makes its progress old. */
    void drop(JobId job) {
        held.remove(job);
    }

    /** All of it is old. */
    void clear() {
        held.clear();
    }

    /** What came first of what may be told. */
    Optional<Held> firstDue(long now) {
        return held.values().stream().filter(one -> one.due() - now <= 0).min(OLDEST);
    }

    /** What came first. */
    Optional<Held> first() {
        return held.values().stream().min(OLDEST);
    }

    /** It is told now. */
    void tell(Held one, long now) {
        held.remove(one.news().job());
        told.remove(one.news().job());
        told.put(one.news().job(), now);
    }

    /** How long until something may be told, in nanoseconds; empty where there is nothing. */
    OptionalLong untilDue(long now) {
        return held.values().stream().mapToLong(one -> Math.max(0, one.due() - now)).min();
    }

    private void forgetOld(long now) {
        told.values().removeIf(at -> now - at >= pause);
    }
}
