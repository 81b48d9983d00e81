package dev.leat.domain.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.Backoff;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchRun;

/**
 * What people and programs see of a schedule over HTTP. What can be written has the name and form in which it is.
 *
 * @param change names the change that made this version
 * @param timeZone of the cron expression
 * @param overlap {@link Overlap#wireName()}
 * @param job what it submits; empty where it runs a batch template
 * @param waiting the due time that waits for an earlier job or batch to end
 * @param nextFirings empty while it is paused
 * @param lastFirings the newest first
 */
public record ScheduleView(String id, long version, String change, Instant createdAt, Instant changedAt, boolean paused,
        Optional<String> cron, Optional<String> timeZone, Optional<Duration> every, Optional<Duration> offset,
        Optional<JobTemplateView> job, Optional<BatchRunView> batchTemplate, String overlap, CatchUp catchUp,
        Duration jitter, Optional<Instant> waiting,
        List<NextFiring> nextFirings, List<LastFiring> lastFirings) {

    /** How many of the next firings are shown. */
    public static final int NEXT_FIRINGS = 5;

    public ScheduleView {
        nextFirings = List.copyOf(nextFirings);
        lastFirings = List.copyOf(lastFirings);
    }

    /** The batch template that it runs. */
    public record BatchRunView(String name, Json params) {}

    /** The job that it submits. */
    public record JobTemplateView(JobTypeName type, String priority, Json params, List<String> tags,
            Optional<Integer> maxAttempts, Optional<Backoff> backoff, Optional<Duration> timeout,
            Optional<Duration> retention) {

        static JobTemplateView of(JobTemplate job) {
            return new JobTemplateView(job.type(), job.lane().wireName(), job.params(), job.tags(),
                    job.policy().maxAttempts(), job.policy().backoff(), job.policy().timeout(),
                    job.policy().retention());
        }
    }

    /**
     * A firing that is to come.
     *
     * @param firesAt with its jitter
     */
    public record NextFiring(Instant dueAt, Instant firesAt) {}

    /**
     * A firing that has been decided.
     *
     * @param status {@link JobState#wireName()} of how the job or batch ended; empty while it has not
     * @param skipped {@link Firing.SkipReason#wireName()} where there is neither job nor batch
     * @param until due times before this one were left out as well
     */
    public record LastFiring(Instant dueAt, Instant decidedAt, Optional<JobId> jobId, Optional<BatchId> batchId,
            Optional<String> status,
            Optional<String> skipped, Optional<Instant> until) {

        static LastFiring of(Firing firing) {
            return switch (firing.outcome()) {
                case Firing.Outcome.Fired(Submitted.Job(JobId job), var ended) -> new LastFiring(firing.due(),
                        firing.at(), Optional.of(job), Optional.empty(), ended.map(JobState::wireName),
                        Optional.empty(), Optional.empty());
                case Firing.Outcome.Fired(Submitted.Batch(BatchId batch), var ended) -> new LastFiring(firing.due(),
                        firing.at(), Optional.empty(), Optional.of(batch), ended.map(JobState::wireName),
                        Optional.empty(), Optional.empty());
                case Firing.Outcome.Skipped(var reason, var until) -> new LastFiring(firing.due(), firing.at(),
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(reason.wireName()), until);
            };
        }
    }

    /** Shows a schedule. */
    public static ScheduleView of(Schedule schedule) {
        ScheduleRevision revision = schedule.revision();
        ScheduleSpec spec = schedule.spec();
        Optional<Cadence.OfCron> cron = Optional.of(spec.cadence())
                .filter(Cadence.OfCron.class::isInstance)
                .map(Cadence.OfCron.class::cast);
        Optional<Cadence.Interval> interval = Optional.of(spec.cadence())
                .filter(Cadence.Interval.class::isInstance)
                .map(Cadence.Interval.class::cast);
        return new ScheduleView(schedule.id().value(), revision.version(), revision.change(), revision.createdAt(),
                revision.changedAt(), spec.paused(), cron.map(Cadence.OfCron::cron).map(Cron::toString),
                cron.map(Cadence.OfCron::zone).map(ZoneId::getId), interval.map(Cadence.Interval::every),
                interval.map(Cadence.Interval::offset), job(spec), run(spec), spec.overlap().wireName(),
                spec.catchUp(), spec.jitter(), schedule.waiting().map(Schedule.DueTime::at), next(schedule),
                schedule.firings().stream().map(LastFiring::of).toList());
    }

    private static Optional<JobTemplateView> job(ScheduleSpec spec) {
        return spec.target() instanceof JobTemplate job ? Optional.of(JobTemplateView.of(job)) : Optional.empty();
    }

    private static Optional<BatchRunView> run(ScheduleSpec spec) {
        return spec.target() instanceof ScheduleTarget.OfBatch(BatchRun(String template, Json params))
                ? Optional.of(new BatchRunView(template, params))
                : Optional.empty();
    }

    private static List<NextFiring> next(Schedule schedule) {
        return schedule.spec().paused()
                ? List.of()
                : schedule.upcoming(NEXT_FIRINGS)
                        .stream()
                        .map(due -> new NextFiring(due, schedule.firesAt(due)))
                        .toList();
    }
}
