package dev.leat.schemas;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.Backoff;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.batch.BatchRun;
import dev.leat.domain.schedule.Cadence;
import dev.leat.domain.schedule.CatchUp;
import dev.leat.domain.schedule.Cron;
import dev.leat.domain.schedule.JobTemplate;
import dev.leat.domain.schedule.Overlap;
import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.domain.schedule.ScheduleSpec;
import dev.leat.domain.schedule.ScheduleTarget;
import dev.leat.schemas.avro.ScheduleRecord;
import dev.leat.schemas.avro.ScheduledBackoff;
import dev.leat.schemas.avro.ScheduledJob;

/** Schedules: what is wanted of them, as on the topic, and with how far they have come, as in the projector's store. */
final class ScheduleMapping {

    static final Codec.Mapping<ScheduleRevision, ScheduleRecord> REVISIONS = new Codec.Mapping<>(ScheduleRecord.class,
            revision -> toAvro(revision).build(), (_, avro) -> fromAvro(avro));

    static final Codec.Mapping<Schedule, ScheduleRecord> SCHEDULES = new Codec.Mapping<>(ScheduleRecord.class,
            schedule -> toAvro(schedule.revision()).setProgress(ScheduleProgressMapping.toAvro(schedule)).build(),
            (_, avro) -> fromAvro(avro).flatMap(revision -> Optional.ofNullable(avro.getProgress())
                    .map(progress -> ScheduleProgressMapping.fromAvro(revision, progress))));

    private ScheduleMapping() {}

    private static ScheduleRecord.Builder toAvro(ScheduleRevision revision) {
        ScheduleSpec spec = revision.spec();
        ScheduleRecord.Builder avro = ScheduleRecord.newBuilder()
                .setScheduleId(revision.id().value())
                .setCreatedAt(revision.createdAt())
                .setVersion(revision.version())
                .setChange(revision.change())
                .setChangedAt(revision.changedAt())
                .setOverlap(spec.overlap().wireName())
                .setCatchUpFirings(spec.catchUp().firings())
                .setCatchUpMillis(spec.catchUp().within().toMillis())
                .setJitterMillis(spec.jitter().toMillis())
                .setPaused(spec.paused())
                .setTriggeredAt(revision.triggeredAt().orElse(null));
        switch (spec.target()) {
            case JobTemplate job -> avro.setJob(part(job));
            case ScheduleTarget.OfBatch(BatchRun(String template, Json params)) ->
                avro.setBatchTemplate(template).setBatchParams(params.value());
        }
        return switch (spec.cadence()) {
            case Cadence.OfCron(Cron cron, ZoneId zone) -> avro.setCron(cron.toString()).setZone(zone.getId());
            case Cadence.Interval(Duration every, Duration offset) ->
                avro.setIntervalMillis(every.toMillis()).setOffsetMillis(offset.toMillis());
        };
    }

    /** Empty where it does what only newer versions know. */
    private static Optional<ScheduleRevision> fromAvro(ScheduleRecord avro) {
        return target(avro)
                .map(target -> new ScheduleRevision(new ScheduleId(avro.getScheduleId()), avro.getCreatedAt(),
                        avro.getVersion(), avro.getChange(), avro.getChangedAt(),
                        new ScheduleSpec(cadence(avro), target, overlap(avro.getOverlap()),
                                new CatchUp(avro.getCatchUpFirings(),
                                        Millis.read("catchUpMillis", avro.getCatchUpMillis())),
                                Millis.read("jitterMillis", avro.getJitterMillis()), avro.getPaused()),
                        Optional.ofNullable(avro.getTriggeredAt())));
    }

    private static Optional<ScheduleTarget> target(ScheduleRecord avro) {
        Optional<ScheduleTarget> job = Optional.ofNullable(avro.getJob()).map(ScheduleMapping::template);
        return job.or(() -> Optional.ofNullable(avro.getBatchTemplate())
                .map(name -> new ScheduleTarget.OfBatch(new BatchRun(name, new Json(avro.getBatchParams())))));
    }

    private static Cadence cadence(ScheduleRecord avro) {
        @Nullable
        String cron = avro.getCron();
        @Nullable
        Long interval = avro.getIntervalMillis();
        if (cron != null) {
            return new Cadence.OfCron(Cron.parse(cron), zone(avro.getZone()));
        }
        if (interval == null) {
            throw new IllegalArgumentException("Expected a cron expression or an interval, but got neither");
        }
        return new Cadence.Interval(Millis.read("intervalMillis", interval),
                Millis.read("offsetMillis", avro.getOffsetMillis()));
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("Expected a time zone such as Europe/Berlin, but got '" + id + "'",
                    unknown);
        }
    }

    private static Overlap overlap(String name) {
        return Arrays.stream(Overlap.values())
                .filter(overlap -> overlap.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected an overlap policy such as skip, but got '" + name + "'"));
    }

    private static ScheduledJob part(JobTemplate job) {
        PolicyOverrides policy = job.policy();
        return ScheduledJob.newBuilder()
                .setType(job.type().toString())
                .setLane(job.lane().wireName())
                .setParams(job.params().value())
                .setTags(job.tags())
                .setMaxAttempts(policy.maxAttempts().orElse(null))
                .setBackoff(policy.backoff().map(ScheduleMapping::part).orElse(null))
                .setTimeoutMillis(Millis.write(policy.timeout()))
                .setRetentionMillis(Millis.write(policy.retention()))
                .build();
    }

    private static ScheduledBackoff part(Backoff backoff) {
        return new ScheduledBackoff(backoff.first().toMillis(), backoff.factor(), backoff.cap().toMillis(),
                backoff.jitter());
    }

    private static JobTemplate template(ScheduledJob part) {
        Optional<Backoff> backoff = Optional.ofNullable(part.getBackoff())
                .map(stored -> SubmissionParts.backoff(stored.getFirstMillis(), stored.getFactor(),
                        stored.getCapMillis(), stored.getJitter()));
        return new JobTemplate(JobTypeName.parse(part.getType()), WorkerMapping.lane(part.getLane()),
                new Json(part.getParams()), part.getTags(), SubmissionParts.policy(part.getMaxAttempts(), backoff,
                        part.getTimeoutMillis(), part.getRetentionMillis()));
    }
}
