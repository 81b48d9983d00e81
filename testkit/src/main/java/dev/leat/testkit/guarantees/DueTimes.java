package dev.leat.testkit.guarantees;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

import dev.leat.domain.schedule.Overlap;
import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleRevision;

/** The due times of a schedule that have to submit a job: all, where its jobs may overlap; of others none can be told. */
public final class DueTimes {

    private DueTimes() {}

    /**
     * Those of a schedule that stayed as it was made.
     *
     * @param made its first revision
     * @param end what fires from then on does not have to
     */
    public static Set<Instant> of(ScheduleRevision made, Instant end) {
        Set<Instant> due = new LinkedHashSet<>();
        if (made.spec().overlap() == Overlap.ALLOW) {
            Schedule schedule = Schedule.begun(made);
            Optional<Instant> next = made.spec().cadence().after(made.createdAt());
            while (next.filter(time -> schedule.firesAt(time).isBefore(end)).isPresent()) {
                due.add(next.get());
                next = made.spec().cadence().after(next.get());
            }
        }
        return due;
    }
}
