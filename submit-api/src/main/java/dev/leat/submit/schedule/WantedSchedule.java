package dev.leat.submit.schedule;

import java.time.Duration;
import java.util.Optional;

import dev.leat.domain.batch.BatchRun;
import dev.leat.domain.schedule.Cadence;
import dev.leat.domain.schedule.CatchUp;
import dev.leat.domain.schedule.Overlap;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleSpec;
import dev.leat.domain.schedule.ScheduleTarget;
import dev.leat.submit.submission.SubmitJob;

/**
 * What somebody asks for who makes or replaces a schedule.
 *
 * @param id empty where the body names none
 * @param target as it was written; whether there is such a job type or template is not known yet
 */
public record WantedSchedule(Optional<ScheduleId> id, Cadence cadence, Target target, Overlap overlap, CatchUp catchUp,
        Duration jitter, boolean paused) {

    /** What it is to do each time. */
    public sealed interface Target {

        /** Submit a job. */
        record OfJob(SubmitJob job) implements Target {}

        /** Run a batch template. */
        record OfBatch(BatchRun run) implements Target {}
    }

    ScheduleSpec specOf(ScheduleTarget checked) {
        return new ScheduleSpec(cadence, checked, overlap, catchUp, jitter, paused);
    }
}
