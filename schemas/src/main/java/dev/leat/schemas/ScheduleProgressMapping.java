package dev.leat.schemas;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.schedule.Firing;
import dev.leat.domain.schedule.Firing.Outcome;
import dev.leat.domain.schedule.Firing.SkipReason;
import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.domain.schedule.Submitted;
import dev.leat.schemas.avro.ScheduleFiring;
import dev.leat.schemas.avro.ScheduleProgress;

/** How far a schedule has come. */
final class ScheduleProgressMapping {

    private ScheduleProgressMapping() {}

    static ScheduleProgress toAvro(Schedule schedule) {
        return ScheduleProgress.newBuilder()
                .setCursorAt(schedule.cursor())
                .setWaitingAt(schedule.waiting().map(Schedule.DueTime::at).orElse(null))
                .setWaitingByHand(schedule.waiting().map(Schedule.DueTime::byHand).orElse(false))
                .setOpenJobs(ids(schedule, Submitted.Job.class))
                .setOpenBatches(ids(schedule, Submitted.Batch.class))
                .setFirings(schedule.firings().stream().map(ScheduleProgressMapping::part).toList())
                .build();
    }

    private static List<String> ids(Schedule schedule, Class<? extends Submitted> kind) {
        return schedule.open().stream().filter(kind::isInstance).map(open -> open.value().toString()).toList();
    }

    static Schedule fromAvro(ScheduleRevision revision, ScheduleProgress avro) {
        return new Schedule(revision, avro.getCursorAt(),
                Optional.ofNullable(avro.getWaitingAt())
                        .map(at -> new Schedule.DueTime(at, avro.getWaitingByHand())),
                open(avro),
                avro.getFirings().stream().map(ScheduleProgressMapping::firing).toList());
    }

    /** In the order of their ids, which is that of their due times. */
    private static List<Submitted> open(ScheduleProgress avro) {
        Stream<Submitted> jobs = avro.getOpenJobs().stream().map(JobId::parse).map(Submitted.Job::new);
        Stream<Submitted> batches = avro.getOpenBatches().stream().map(BatchId::parse).map(Submitted.Batch::new);
        return Stream.concat(jobs, batches)
                .sorted(Comparator.comparing(open -> new JobId(open.value())))
                .toList();
    }

    private static ScheduleFiring part(Firing firing) {
        ScheduleFiring.Builder part = ScheduleFiring.newBuilder().setDueAt(firing.due()).setDecidedAt(firing.at());
        return (switch (firing.outcome()) {
            case Outcome.Fired(Submitted.Job(JobId job), var ended) ->
                part.setJobId(job.toString()).setEnded(ended.map(JobState::wireName).orElse(null));
            case Outcome.Fired(Submitted.Batch(BatchId batch), var ended) ->
                part.setBatchId(batch.toString()).setEnded(ended.map(JobState::wireName).orElse(null));
            case Outcome.Skipped(SkipReason reason, var until) ->
                part.setSkipped(reason.wireName()).setUntilAt(until.orElse(null));
        }).build();
    }

    private static Firing firing(ScheduleFiring part) {
        @Nullable
        String skipped = part.getSkipped();
        Optional<Submitted> what = submitted(part);
        if (what.isPresent()) {
            return new Firing(part.getDueAt(), part.getDecidedAt(), new Outcome.Fired(what.get(),
                    Optional.ofNullable(part.getEnded()).flatMap(JobState::ofWireName)));
        }
        if (skipped == null) {
            throw new IllegalArgumentException("Expected a job, a batch or why there is none, but got nothing");
        }
        return new Firing(part.getDueAt(), part.getDecidedAt(),
                new Outcome.Skipped(reason(skipped), Optional.ofNullable(part.getUntilAt())));
    }

    private static Optional<Submitted> submitted(ScheduleFiring part) {
        Optional<Submitted> job = Optional.ofNullable(part.getJobId()).map(JobId::parse).map(Submitted.Job::new);
        return job.or(() -> Optional.ofNullable(part.getBatchId()).map(BatchId::parse).map(Submitted.Batch::new));
    }

    private static SkipReason reason(String name) {
        return Arrays.stream(SkipReason.values())
                .filter(reason -> reason.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected why a due time was left out, such as overlap, but got '" + name + "'"));
    }
}
