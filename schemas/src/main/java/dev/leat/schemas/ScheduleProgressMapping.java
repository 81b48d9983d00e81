package dev.leat.schemas;

import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.schedule.Firing;
import dev.leat.domain.schedule.Firing.Outcome;
import dev.leat.domain.schedule.Firing.SkipReason;
import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleRevision;
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
                .setOpenJobs(schedule.open().stream().map(JobId::toString).toList())
                .setFirings(schedule.firings().stream().map(ScheduleProgressMapping::part).toList())
                .build();
    }

    static Schedule fromAvro(ScheduleRevision revision, ScheduleProgress avro) {
        return new Schedule(revision, avro.getCursorAt(),
                Optional.ofNullable(avro.getWaitingAt())
                        .map(at -> new Schedule.DueTime(at, avro.getWaitingByHand())),
                avro.getOpenJobs().stream().map(JobId::parse).toList(),
                avro.getFirings().stream().map(ScheduleProgressMapping::firing).toList());
    }

    private static ScheduleFiring part(Firing firing) {
        ScheduleFiring.Builder part = ScheduleFiring.newBuilder().setDueAt(firing.due()).setDecidedAt(firing.at());
        return (switch (firing.outcome()) {
            case Outcome.Fired(JobId job, var ended) ->
                part.setJobId(job.toString()).setEnded(ended.map(JobState::wireName).orElse(null));
            case Outcome.Skipped(SkipReason reason, var until) ->
                part.setSkipped(reason.wireName()).setUntilAt(until.orElse(null));
        }).build();
    }

    private static Firing firing(ScheduleFiring part) {
        @Nullable
        String job = part.getJobId();
        @Nullable
        String skipped = part.getSkipped();
        if (job != null) {
            return new Firing(part.getDueAt(), part.getDecidedAt(), new Outcome.Fired(JobId.parse(job),
                    Optional.ofNullable(part.getEnded()).flatMap(JobState::ofWireName)));
        }
        if (skipped == null) {
            throw new IllegalArgumentException("Expected a job or why there is none, but got neither");
        }
        return new Firing(part.getDueAt(), part.getDecidedAt(),
                new Outcome.Skipped(reason(skipped), Optional.ofNullable(part.getUntilAt())));
    }

    private static SkipReason reason(String name) {
        return Arrays.stream(SkipReason.values())
                .filter(reason -> reason.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected why a due time was left out, such as overlap, but got '" + name + "'"));
    }
}
