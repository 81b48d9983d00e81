package dev.leat.submit.schedule;

import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.batch.BatchRun;
import dev.leat.domain.schedule.JobTemplate;
import dev.leat.domain.schedule.ScheduleTarget;
import dev.leat.submit.submission.Admission;
import dev.leat.submit.submission.SubmitJob;
import dev.leat.submit.template.BatchTemplates;

/** Checks what a schedule is to do each time. Thread-safe. */
public record ScheduleTargets(Admission admission, BatchTemplates templates) {

    /**
     * As it is kept: a job with what its type says where the body says nothing, a run of a template as it is written.
     *
     * @throws dev.leat.runtime.http.ProblemException where the job cannot run, or the template is not there or could not
     *         be run now
     */
    ScheduleTarget of(WantedSchedule.Target wanted) {
        return switch (wanted) {
            case WantedSchedule.Target.OfJob(SubmitJob job) -> template(job, admission.check(job));
            case WantedSchedule.Target.OfBatch(BatchRun run) -> {
                templates.check(run, "/batchTemplate");
                yield new ScheduleTarget.OfBatch(run);
            }
        };
    }

    private static JobTemplate template(SubmitJob job, JobTypeDescriptor jobType) {
        return new JobTemplate(jobType.type(), job.priority().orElse(jobType.defaultLane()), job.params(), job.tags(),
                PolicyOverrides.of(jobType.policy().with(job.policy())));
    }
}
