package dev.leat.domain.schedule;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Submission;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchOrder;

/**
 * Something to be done for a schedule. The shell does all effects of one step together with storing the schedule, or none
 * of them.
 */
public sealed interface ScheduleEffect {

    /** Submit the job. */
    record Fire(JobId job, Submission submission) implements ScheduleEffect {}

    /** Order the batch, or its end. */
    record Order(BatchId batch, BatchOrder order) implements ScheduleEffect {}

    /** Ask for the end of a job. */
    record End(JobId job, Fact.EndRequested request) implements ScheduleEffect {}
}
