package dev.leat.domain.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * One version of what is wanted of a schedule, as it stands on the topic of schedules. Of two that claim the same number
 * the first one on the topic counts, so that nobody overwrites what he has not seen.
 *
 * @param createdAt of the schedule; one that is made anew under the id of a deleted one is another one
 * @param version from 1, one more with each change
 * @param change names this change among those that claim the same number
 * @param changedAt on the clock of who has changed it
 * @param triggeredAt when somebody last wanted it to fire at once
 */
public record ScheduleRevision(ScheduleId id, Instant createdAt, long version, String change, Instant changedAt,
        ScheduleSpec spec, Optional<Instant> triggeredAt) {

    /** The first version of a schedule. */
    public static ScheduleRevision first(ScheduleId id, String change, Instant now, ScheduleSpec spec) {
        return new ScheduleRevision(id, now, 1, change, now, spec, Optional.empty());
    }

    /** The next version, with another specification. */
    public ScheduleRevision changed(ScheduleSpec wanted, String name, Instant now) {
        return new ScheduleRevision(id, createdAt, version + 1, name, now, wanted, triggeredAt);
    }

    /** The next version, which fires at once; also where the clock of who has done so last was ahead. */
    public ScheduleRevision triggered(String name, Instant now) {
        Instant later = triggeredAt.filter(last -> !now.isAfter(last)).map(last -> last.plusMillis(1)).orElse(now);
        return new ScheduleRevision(id, createdAt, version + 1, name, now, spec, Optional.of(later));
    }
}
