package dev.leat.domain.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Origin;
import dev.leat.domain.PolicyOverrides;

/** Schedules for tests, made at noon. */
final class Schedules {

    static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    static final ScheduleId ID = new ScheduleId("nightly");

    private Schedules() {}

    static ScheduleSpec everyMinute() {
        return spec("* * * * *");
    }

    static ScheduleSpec spec(String cron) {
        return new ScheduleSpec(new Cadence.OfCron(Cron.parse(cron), ZoneOffset.UTC),
                new JobTemplate(new JobTypeName("demo", "echo"), Lane.LOW, new Json("{\"a\":1}"), List.of("tag"),
                        PolicyOverrides.NONE),
                Overlap.SKIP, CatchUp.DEFAULT, Duration.ZERO, false);
    }

    static ScheduleSpec with(ScheduleSpec spec, Overlap overlap) {
        return new ScheduleSpec(spec.cadence(), spec.target(), overlap, spec.catchUp(), spec.jitter(), spec.paused());
    }

    static ScheduleSpec with(ScheduleSpec spec, CatchUp catchUp) {
        return new ScheduleSpec(spec.cadence(), spec.target(), spec.overlap(), catchUp, spec.jitter(), spec.paused());
    }

    static ScheduleSpec with(ScheduleSpec spec, Duration jitter) {
        return new ScheduleSpec(spec.cadence(), spec.target(), spec.overlap(), spec.catchUp(), jitter, spec.paused());
    }

    static Schedule begun(ScheduleSpec spec) {
        return Schedule.begun(ScheduleRevision.first(ID, "made", NOON, spec));
    }

    static JobNotice ended(JobId job, JobState state) {
        return new JobNotice(new Origin(Origin.Kind.SCHEDULE, ID.value(), 0), job, new JobTypeName("demo", "echo"),
                state,
                Optional.empty(), Optional.empty(), Optional.empty(), NOON);
    }

    static Instant at(String time) {
        return Instant.parse("2026-06-01T" + time + "Z");
    }
}
