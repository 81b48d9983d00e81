package dev.leat.domain.schedule;

import java.time.Duration;

/**
 * What somebody wants of a schedule.
 *
 * @param target what it does each time
 * @param jitter by how much a firing is delayed at most, drawn from the schedule and its due time; never up to the next
 *        due time
 */
public record ScheduleSpec(Cadence cadence, ScheduleTarget target, Overlap overlap, CatchUp catchUp, Duration jitter,
        boolean paused) {

    /** The most that a firing can be delayed. */
    public static final Duration MOST_JITTER = Duration.ofHours(24);

    public ScheduleSpec {
        if (jitter.isNegative() || jitter.compareTo(MOST_JITTER) > 0) {
            throw new IllegalArgumentException(
                    "Expected a jitter from zero to " + MOST_JITTER + ", but got " + jitter);
        }
    }

    /** The same, paused or not. */
    public ScheduleSpec withPaused(boolean nowPaused) {
        return new ScheduleSpec(cadence, target, overlap, catchUp, jitter, nowPaused);
    }
}
