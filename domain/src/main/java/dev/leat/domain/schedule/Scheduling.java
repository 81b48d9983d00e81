package dev.leat.domain.schedule;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.JobNotice;
import dev.leat.domain.schedule.Firing.SkipReason;
import dev.leat.domain.schedule.Schedule.DueTime;

/**
 * What a schedule does when its time has come, when it is changed and when one of its jobs has ended.
 *
 * <p>Invariants:
 * <ul>
 * <li>Each due time is decided once: fired, left out with a reason, or to wait; with that the cursor passes it. Shells
 * store the cursor and do what is decided in one transaction; and should a due time be decided twice all the same, both
 * fire one and the same job.
 * <li>But for {@link Overlap#ALLOW}, a job is submitted only when all earlier ones have ended.
 * <li>What is missed is fired at most {@link CatchUp#firings} times.
 * </ul>
 *
 * <p>Pure and thread-safe.
 */
public final class Scheduling {

    private static final long FIRST_SPAN = 60_000;
    private static final int SPAN_GROWTH = 4;

    private Scheduling() {}

    /** A schedule as it is now, and what is to be done. */
    public record Decision(Schedule schedule, List<ScheduleEffect> effects) {

        public Decision {
            effects = List.copyOf(effects);
        }
    }

    /**
     * A new revision has been written. Empty where it does not count: it is no newer than what is known, or was written in
     * the belief that there is no schedule, or another one.
     */
    public static Optional<Decision> changed(Optional<Schedule> before, ScheduleRevision revision, Instant now) {
        if (before.isEmpty()) {
            return Optional.of(new Decision(Schedule.begun(revision), List.of()));
        }
        return before.filter(known -> known.revision().createdAt().equals(revision.createdAt()))
                .filter(known -> revision.version() > known.revision().version())
                .map(known -> revised(known, revision, now));
    }

    /** What was due before the change is decided by what was wanted until then, however late the change is read. */
    private static Decision revised(Schedule known, ScheduleRevision revision, Instant now) {
        ScheduleStep step = new ScheduleStep(known, now);
        comeDue(step, revision.changedAt().isBefore(now) ? revision.changedAt() : now, now);
        boolean anew = known.spec().paused() || !known.spec().cadence().equals(revision.spec().cadence());
        step.revise(revision);
        if (anew && revision.changedAt().isAfter(step.schedule().cursor())) {
            step.move(revision.changedAt());
        }
        if (revision.spec().paused()) {
            step.dropWaiting(SkipReason.PAUSED);
        }
        revision.triggeredAt()
                .filter(wanted -> known.revision().triggeredAt().filter(last -> !wanted.isAfter(last)).isEmpty())
                .ifPresent(wanted -> step.fire(new DueTime(wanted, true)));
        return step.decision();
    }

    /** One of its jobs or batches has ended. */
    public static Decision ended(Schedule before, JobNotice notice, Instant now) {
        ScheduleStep step = new ScheduleStep(before, now);
        step.end(notice.job().value(), notice.state());
        return step.decision();
    }

    /** Time has passed. */
    public static Decision due(Schedule before, Instant now) {
        ScheduleStep step = new ScheduleStep(before, now);
        comeDue(step, now, now);
        return step.decision();
    }

    private static void comeDue(ScheduleStep step, Instant until, Instant now) {
        Schedule schedule = step.schedule();
        if (schedule.spec().paused()) {
            return;
        }
        Cadence cadence = schedule.spec().cadence();
        Instant cursor = passOver(schedule, until, now, step);
        Optional<Instant> next = cadence.after(cursor);
        while (next.filter(due -> !schedule.firesAt(due).isAfter(until)).isPresent()) {
            cursor = next.get();
            step.move(cursor);
            step.fire(new DueTime(cursor, false));
            next = cadence.after(cursor);
        }
    }

    /** Leaves out what was missed beyond what is made up for, and gives the last due time that is done with. */
    private static Instant passOver(Schedule schedule, Instant until, Instant now, ScheduleStep step) {
        Instant grace = now.minus(CatchUp.GRACE);
        Instant late = until.isBefore(grace) ? until.plusMillis(1) : grace;
        Optional<Instant> first = schedule.spec()
                .cadence()
                .after(schedule.cursor())
                .filter(due -> isMissed(schedule, due, late));
        if (first.isEmpty()) {
            return schedule.cursor();
        }
        CatchUp catchUp = schedule.spec().catchUp();
        Deque<Instant> latest = latestMissed(schedule, catchUp.firings() + 1, late);
        Instant tooLate = now.minus(catchUp.within());
        Instant passed = schedule.cursor();
        while (latest.size() > catchUp.firings() || (!latest.isEmpty() && latest.getFirst().isBefore(tooLate))) {
            passed = latest.removeFirst();
        }
        if (passed.isAfter(schedule.cursor())) {
            step.move(passed);
            step.skip(first.get(), SkipReason.MISSED, Optional.of(passed.plusMillis(1)));
        }
        return passed;
    }

    private static boolean isMissed(Schedule schedule, Instant due, Instant late) {
        return due.isBefore(late) && schedule.firesAt(due).isBefore(late);
    }

    /** Looks back over longer and longer spans, so that a week of missed seconds is not walked through one by one. */
    private static Deque<Instant> latestMissed(Schedule schedule, int count, Instant late) {
        long span = FIRST_SPAN;
        while (true) {
            Instant start = late.minusMillis(span);
            boolean whole = !start.isAfter(schedule.cursor());
            Deque<Instant> latest = new ArrayDeque<>();
            Optional<Instant> next = schedule.spec().cadence().after(whole ? schedule.cursor() : start);
            while (next.filter(due -> isMissed(schedule, due, late)).isPresent()) {
                latest.addLast(next.get());
                if (latest.size() > count) {
                    latest.removeFirst();
                }
                next = schedule.spec().cadence().after(next.get());
            }
            if (whole || latest.size() == count) {
                return latest;
            }
            span *= SPAN_GROWTH;
        }
    }
}
