package dev.leat.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.domain.schedule.ScheduleSpec;
import dev.leat.simulation.world.World;
import dev.leat.testkit.guarantees.DueTimes;

/**
 * A schedule that is going to be made, and paused when it is over.
 *
 * @param at when, in nanoseconds, as is the end
 */
public record PlannedSchedule(long at, long until, ScheduleId id, ScheduleSpec spec) {

    ScheduleRevision made() {
        return ScheduleRevision.first(id, "made", time(at), spec);
    }

    ScheduleRevision paused() {
        return made().changed(spec.withPaused(true), "paused", time(until));
    }

    private static Instant time(long nanos) {
        return Instant.ofEpochMilli(World.BEGINNING.plusNanos(nanos).toEpochMilli());
    }

    /**
     * The due times that have to submit a job: all, where jobs may overlap, that come so long before the end that no clock
     * is behind by more.
     */
    Set<Instant> due(Duration mostSkew) {
        return DueTimes.of(made(), time(until).minus(mostSkew));
    }
}
