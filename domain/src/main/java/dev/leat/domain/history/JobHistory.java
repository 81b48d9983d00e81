package dev.leat.domain.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.Job;
import dev.leat.domain.JobState;
import dev.leat.domain.PastAttempt;
import dev.leat.domain.Submission;

/**
 * What has happened to the jobs of one partition within the last hour. It follows from what jobs become: starts and ends
 * are counted at the times that their facts name, so that those of a job count the same whether it was seen to change or
 * was read from a store; how many jobs are in lanes is noted at the time of each change, and not known before this began.
 *
 * <p>Not counted are jobs that have been forgotten before this began, and attempts before a job's last twenty.
 *
 * <p>Thread-safe: one thread writes, any may read. Takes the time from its callers.
 */
public final class JobHistory {

    /** The shortest piece of time. */
    public static final Duration SHORTEST = Duration.ofSeconds(10);
    /** In pieces of time. */
    static final int HOUR = 360;
    static final int AHEAD = 30;

    private final long since;
    /** Guarded by this. */
    private final Map<String, PluginHistory> byPlugin = new HashMap<>();

    /** A start of an attempt. */
    private record Start(int attempt, Instant at) {}

    /** @param now from when on changes are told */
    public JobHistory(Instant now) {
        this.since = numberOf(now);
    }

    static long numberOf(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), SHORTEST.toSeconds());
    }

    /** Takes in a job that has become another; where it was read from a store, one that was unknown. */
    public void update(Job before, Job after, Instant now) {
        if (changesNothing(before, after)) {
            return;
        }
        synchronized (this) {
            long number = numberOf(now);
            moveInLanes(before, after, number);
            after.submission().ifPresent(submission -> count(seen(before), after, submission, number));
        }
    }

    /** Most changes are progress. */
    private static boolean changesNothing(Job before, Job after) {
        return before.state() == JobState.RUNNING && after.state() == JobState.RUNNING
                && before.submission().isPresent() && running(before).equals(running(after))
                && before.attempts().past().size() == after.attempts().past().size();
    }

    /** Nothing has been counted of a job whose command had not come. */
    private static Job seen(Job before) {
        return before.submission().isPresent() ? before : Job.unknown(before.id());
    }

    private void moveInLanes(Job before, Job after, long now) {
        Optional<String> from = laneOf(before);
        Optional<String> to = laneOf(after);
        if (!from.equals(to)) {
            from.ifPresent(plugin -> of(plugin).queued(-1, now));
            to.ifPresent(plugin -> of(plugin).queued(1, now));
        }
    }

    private static Optional<String> laneOf(Job job) {
        return job.state() == JobState.QUEUED
                ? job.submission().map(submission -> submission.type().plugin())
                : Optional.empty();
    }

    private PluginHistory of(String plugin) {
        return byPlugin.computeIfAbsent(plugin, _ -> new PluginHistory());
    }

    private void count(Job before, Job after, Submission submission, long now) {
        PluginHistory history = of(submission.type().plugin());
        Optional<Start> ran = running(before);
        Optional<Start> runs = running(after);
        for (PastAttempt over : newlyOver(before, after)) {
            Start start = new Start(over.number(), over.startedAt());
            if (ran.equals(Optional.of(start))) {
                ran = Optional.empty();
            } else {
                count(history, start, submission, 1, now);
            }
            if (endedByItself(over)) {
                history.ran(over.endedAt(), Duration.between(over.startedAt(), over.endedAt()), now);
            }
        }
        if (!ran.equals(runs)) {
            ran.ifPresent(start -> count(history, start, submission, -1, now));
            runs.ifPresent(start -> count(history, start, submission, 1, now));
        }
        countEnd(history, before, after, now);
    }

    private static Optional<Start> running(Job job) {
        return job.state() == JobState.RUNNING
                ? job.currentClaim().map(claim -> new Start(job.attempt(), claim.startedAt()))
                : Optional.empty();
    }

    private static List<PastAttempt> newlyOver(Job before, Job after) {
        List<PastAttempt> known = before.attempts().past();
        int last = known.isEmpty() ? 0 : known.getLast().number();
        return after.attempts().past().stream().filter(over -> over.number() > last).toList();
    }

    private static boolean endedByItself(PastAttempt over) {
        return switch (over.ending()) {
            case SUCCEEDED, FAILED, TIMED_OUT -> true;
            case SNOOZED, WAITED, RELEASED, CANCELLED, LEASE_EXPIRED -> false;
        };
    }

    private static void count(PluginHistory history, Start start, Submission submission, int times, long now) {
        Instant ready = submission.terms()
                .runAt()
                .filter(at -> at.isAfter(submission.submittedAt()))
                .orElse(submission.submittedAt());
        Optional<Duration> wait = start.attempt() == 1
                ? Optional.of(Duration.between(ready, start.at()))
                : Optional.empty();
        history.started(start.at(), wait, times, now);
    }

    private static void countEnd(PluginHistory history, Job before, Job after, long now) {
        if (before.state() != after.state()) {
            after.outcome().map(Job.Outcome::finishedAt).ifPresent(at -> {
                switch (after.state()) {
                    case COMPLETED -> history.ended(at, true, now);
                    case FAILED, TIMED_OUT -> history.ended(at, false, now);
                    default -> {
                        // Not how a run ended.
                    }
                }
            });
        }
    }

    /**
     * The last hour, oldest first, with the piece of time that has not ended.
     *
     * @param plugin whose jobs count; empty for all
     * @param width of a piece of time, a multiple of {@link #SHORTEST} that an hour is a multiple of
     */
    public List<HistoryBucket> lastHour(Optional<String> plugin, Duration width, Instant now) {
        int parts = (int) width.dividedBy(SHORTEST);
        long last = numberOf(now);
        long first = Math.floorDiv(last - HOUR, parts) * parts + parts;
        List<HistoryBucket> buckets = new ArrayList<>();
        for (HistoryBucket bucket : shortest(plugin, first, last)) {
            long number = Math.floorDiv(bucket.number(), parts);
            if (!buckets.isEmpty() && buckets.getLast().number() == number) {
                buckets.add(buckets.removeLast().then(bucket));
            } else {
                buckets.add(bucket.numbered(number));
            }
        }
        return buckets;
    }

    private synchronized List<HistoryBucket> shortest(Optional<String> plugin, long first, long last) {
        List<HistoryBucket> sum = new ArrayList<>();
        for (long number = first; number <= last; number++) {
            HistoryBucket quiet = HistoryBucket.quiet(number);
            sum.add(number < since ? quiet.withoutQueued() : quiet);
        }
        for (PluginHistory history : wanted(plugin)) {
            List<HistoryBucket> more = history.buckets(first, last, since);
            sum.replaceAll(bucket -> bucket.and(more.get((int) (bucket.number() - first))));
        }
        return sum;
    }

    private Collection<PluginHistory> wanted(Optional<String> plugin) {
        return plugin.map(name -> Optional.ofNullable(byPlugin.get(name)).stream().toList())
                .map(some -> (Collection<PluginHistory>) some)
                .orElseGet(byPlugin::values);
    }
}
