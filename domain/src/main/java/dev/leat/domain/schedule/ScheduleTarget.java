package dev.leat.domain.schedule;

import dev.leat.domain.batch.BatchRun;

/** What a schedule does each time: submit a job, or run a batch template. */
public sealed interface ScheduleTarget permits JobTemplate, ScheduleTarget.OfBatch {

    /** The template is looked up at each firing, so a change of it counts from the next one on. */
    record OfBatch(BatchRun run) implements ScheduleTarget {}
}
