package dev.leat.submit.schedule;

import java.time.Duration;
import java.util.Optional;

import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.schedule.Cadence;
import dev.leat.domain.schedule.CatchUp;
import dev.leat.domain.schedule.JobTemplate;
import dev.leat.domain.schedule.Overlap;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleSpec;
import dev.leat.submit.submission.SubmitJob;

/**
 * What somebody asks for who makes or replaces a schedule.
 *
 * @param id empty where the body names none
 * @param job as it would be submitted; whether there is such a job type is not known yet
 */
public record WantedSchedule(Optional<ScheduleId> id, Cadence cadence, SubmitJob job, Overlap overlap, CatchUp catchUp,
        Duration jitter, boolean paused) {

    /** With what the job type says where the body says nothing. */
    ScheduleSpec specOf(JobTypeDescriptor jobType) {
        JobTemplate template = new JobTemplate(jobType.type(), job.priority().orElse(jobType.defaultLane()),
                job.params(), job.tags(), PolicyOverrides.of(jobType.policy().with(job.policy())));
        return new ScheduleSpec(cadence, template, overlap, catchUp, jitter, paused);
    }
}
