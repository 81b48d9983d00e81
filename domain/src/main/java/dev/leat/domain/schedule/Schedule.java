package dev.leat.domain.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.JobId;
import dev.leat.domain.batch.BatchId;

/**
 * A schedule and how far it has come.
 *
 * <p>Invariant: each due time up to {@code cursor} has been decided once, and none after it.
 *
 * @param waiting a firing that has been decided to wait for the end of an earlier job
 * @param open what firings have submitted and has not ended, the oldest first, at most {@value #MOST_OPEN}
 * @param firings the last ones, the newest first, at most {@value #MOST_FIRINGS}
 */
public record Schedule(ScheduleRevision revision, Instant cursor, Optional<DueTime> waiting, List<Submitted> open,
        List<Firing> firings) {

    /** How many of the last firings are remembered. */
    public static final int MOST_FIRINGS = 20;
    /** How many open jobs are remembered; only with {@link Overlap#ALLOW} are there more than one. */
    public static final int MOST_OPEN = 100;

    public Schedule {
        open = List.copyOf(open);
        firings = List.copyOf(firings);
    }

    /** A schedule that has not fired. */
    public static Schedule begun(ScheduleRevision revision) {
        return new Schedule(revision, revision.changedAt(), Optional.empty(), List.of(), List.of());
    }

    /**
     * A time at which a job is due.
     *
     * @param byHand whether somebody has asked for it, beside the cadence
     */
    public record DueTime(Instant at, boolean byHand) {}

    public ScheduleId id() {
        return revision.id();
    }

    public ScheduleSpec spec() {
        return revision.spec();
    }

    /** When there is next something to do; empty where it is paused or never due again. */
    public Optional<Instant> alarm() {
        return spec().paused() ? Optional.empty() : spec().cadence().after(cursor).map(this::firesAt);
    }

    /** The next due times. */
    public List<Instant> upcoming(int count) {
        List<Instant> times = new ArrayList<>();
        Optional<Instant> next = spec().cadence().after(cursor);
        while (next.isPresent() && times.size() < count) {
            times.add(next.get());
            next = spec().cadence().after(next.get());
        }
        return times;
    }

    /** A due time with its jitter: the same for whoever computes it, and before the next due time. */
    public Instant firesAt(Instant due) {
        long most = spec().cadence()
                .after(due)
                .map(next -> Duration.between(due, next))
                .filter(gap -> gap.compareTo(spec().jitter()) <= 0)
                .orElse(spec().jitter())
                .toMillis();
        long drawn = derived("schedule-jitter", due).value().getLeastSignificantBits();
        return most == 0 ? due : due.plusMillis(Long.remainderUnsigned(drawn, most));
    }

    /** What is submitted at a due time. Whoever fires it, fires this. */
    public Submitted submittedAt(DueTime due) {
        return switch (spec().target()) {
            case JobTemplate _ -> new Submitted.Job(jobOf(due));
            case ScheduleTarget.OfBatch _ -> new Submitted.Batch(
                    new BatchId(derived(due.byHand() ? "schedule-batch-trigger" : "schedule-batch", due.at()).value()));
        };
    }

    /** The id of the job of a due time. */
    public JobId jobOf(DueTime due) {
        return derived(due.byHand() ? "schedule-trigger" : "schedule", due.at());
    }

    private JobId derived(String what, Instant due) {
        return JobId.derived(due, what, id().value(), Long.toString(revision.createdAt().toEpochMilli()),
                Long.toString(due.toEpochMilli()));
    }
}
