package dev.leat.domain.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.JobState;
import dev.leat.domain.Origin;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchOrder;
import dev.leat.domain.schedule.Firing.SkipReason;
import dev.leat.domain.schedule.Schedule.DueTime;

/** A schedule in the middle of a decision, with what is to be done so far. For one thread. */
final class ScheduleStep {

    private final Instant now;
    private final List<ScheduleEffect> effects = new ArrayList<>();
    private Schedule schedule;

    ScheduleStep(Schedule schedule, Instant now) {
        this.schedule = schedule;
        this.now = now;
    }

    Schedule schedule() {
        return schedule;
    }

    Scheduling.Decision decision() {
        return new Scheduling.Decision(schedule, effects);
    }

    void move(Instant cursor) {
        schedule = new Schedule(schedule.revision(), cursor, schedule.waiting(), schedule.open(), schedule.firings());
    }

    void revise(ScheduleRevision revision) {
        schedule = new Schedule(revision, schedule.cursor(), schedule.waiting(), schedule.open(), schedule.firings());
    }

    private void await(Optional<DueTime> waiting) {
        schedule = new Schedule(schedule.revision(), schedule.cursor(), waiting, schedule.open(), schedule.firings());
    }

    /** A due time has come. */
    void fire(DueTime due) {
        Overlap overlap = schedule.spec().overlap();
        if (overlap == Overlap.ALLOW || schedule.open().isEmpty()) {
            submit(due);
            return;
        }
        switch (overlap) {
            case QUEUE -> queue(due);
            case CANCEL_PREVIOUS -> replace(due);
            default -> skip(due.at(), SkipReason.OVERLAP, Optional.empty());
        }
    }

    private void queue(DueTime due) {
        if (schedule.waiting().isPresent()) {
            skip(due.at(), SkipReason.QUEUE_FULL, Optional.empty());
        } else {
            await(Optional.of(due));
        }
    }

    private void replace(DueTime due) {
        dropWaiting(SkipReason.SUPERSEDED);
        await(Optional.of(due));
        schedule.open().forEach(open -> effects.add(switch (open) {
            case Submitted.Job(var job) ->
                new ScheduleEffect.End(job, new Fact.EndRequested(EndReason.CANCEL, now));
            case Submitted.Batch(var batch) -> new ScheduleEffect.Order(batch, new BatchOrder.Cancel(now));
        }));
    }

    void dropWaiting(SkipReason reason) {
        schedule.waiting().ifPresent(waiting -> {
            await(Optional.empty());
            skip(waiting.at(), reason, Optional.empty());
        });
    }

    private void submit(DueTime due) {
        Submitted what = schedule.submittedAt(due);
        Origin origin = new Origin(Origin.Kind.SCHEDULE, schedule.id().value(), due.at().toEpochMilli());
        effects.add(switch (schedule.spec().target()) {
            case JobTemplate job -> new ScheduleEffect.Fire(schedule.jobOf(due), job.at(now, origin));
            case ScheduleTarget.OfBatch(var run) -> new ScheduleEffect.Order(new BatchId(what.value()),
                    new BatchOrder.Place(new BatchOrder.Content.OfTemplate(run), Optional.of(origin), now));
        });
        List<Submitted> open = Stream.concat(schedule.open().stream(), Stream.of(what)).toList();
        schedule = new Schedule(schedule.revision(), schedule.cursor(), schedule.waiting(),
                open.subList(Math.max(0, open.size() - Schedule.MOST_OPEN), open.size()), schedule.firings());
        remember(new Firing(due.at(), now, new Firing.Outcome.Fired(what, Optional.empty())));
    }

    void skip(Instant due, SkipReason reason, Optional<Instant> until) {
        remember(new Firing(due, now, new Firing.Outcome.Skipped(reason, until)));
    }

    private void remember(Firing firing) {
        schedule = new Schedule(schedule.revision(), schedule.cursor(), schedule.waiting(), schedule.open(),
                Stream.concat(Stream.of(firing), schedule.firings().stream()).limit(Schedule.MOST_FIRINGS).toList());
    }

    /** Something that was submitted has ended; what has waited for it is submitted. */
    void end(UUID id, JobState state) {
        schedule = new Schedule(schedule.revision(), schedule.cursor(), schedule.waiting(),
                schedule.open().stream().filter(other -> !other.value().equals(id)).toList(),
                schedule.firings().stream().map(firing -> firing.ended(id, state)).toList());
        if (schedule.open().isEmpty()) {
            schedule.waiting().ifPresent(waiting -> {
                await(Optional.empty());
                submit(waiting);
            });
        }
    }
}
