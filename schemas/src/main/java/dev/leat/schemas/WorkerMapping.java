package dev.leat.schemas;

import java.util.Arrays;
import java.util.Optional;

import dev.leat.domain.Backoff;
import dev.leat.domain.JobPolicy;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PluginDescriptor;
import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.WorkerId;
import dev.leat.domain.limit.PluginUse;
import dev.leat.schemas.avro.JobTypeDescriptor;
import dev.leat.schemas.avro.PluginUsePart;
import dev.leat.schemas.avro.PolicyPart;

/** What workers say of themselves: that they live, and what they host. */
final class WorkerMapping {

    static final Codec.Mapping<WorkerHeartbeat, dev.leat.schemas.avro.WorkerHeartbeat> HEARTBEATS = new Codec.Mapping<>(
            dev.leat.schemas.avro.WorkerHeartbeat.class, WorkerMapping::toAvro,
            (_, avro) -> Optional.of(fromAvro(avro)));

    static final Codec.Mapping<PluginDescriptor, dev.leat.schemas.avro.PluginDescriptor> PLUGINS = new Codec.Mapping<>(
            dev.leat.schemas.avro.PluginDescriptor.class, WorkerMapping::toAvro,
            (_, avro) -> Optional.of(fromAvro(avro)));

    private WorkerMapping() {}

    /** The lane that is called so outside the JVM. */
    static Lane lane(String wireName) {
        return Arrays.stream(Lane.values())
                .filter(lane -> lane.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected a lane, high, normal or low, but got '" + wireName + "'"));
    }

    private static dev.leat.schemas.avro.WorkerHeartbeat toAvro(WorkerHeartbeat beat) {
        return dev.leat.schemas.avro.WorkerHeartbeat.newBuilder()
                .setWorkerId(beat.worker().value())
                .setSequence(beat.sequence())
                .setStartedAt(beat.startedAt())
                .setSentAt(beat.sentAt())
                .setHost(beat.host())
                .setVersion(beat.version())
                .setPlugins(beat.plugins())
                .setSlots(beat.slots())
                .setFreeSlots(beat.freeSlots())
                .setLostSlots(beat.lostSlots())
                .setUses(beat.uses().stream().map(WorkerMapping::part).toList())
                .setLeaseMillis(beat.lease().toMillis())
                .setDraining(beat.draining())
                .build();
    }

    private static WorkerHeartbeat fromAvro(dev.leat.schemas.avro.WorkerHeartbeat avro) {
        return new WorkerHeartbeat(new WorkerId(avro.getWorkerId()), avro.getSequence(), avro.getStartedAt(),
                avro.getSentAt(), avro.getHost(), avro.getVersion(), avro.getPlugins(), avro.getSlots(),
                avro.getFreeSlots(), avro.getLostSlots(),
                avro.getUses().stream().map(WorkerMapping::use).toList(),
                Millis.read("leaseMillis", avro.getLeaseMillis()), avro.getDraining());
    }

    private static PluginUsePart part(PluginUse use) {
        return new PluginUsePart(use.plugin(), use.running(), use.permits().orElse(null));
    }

    private static PluginUse use(PluginUsePart part) {
        return new PluginUse(part.getPlugin(), part.getRunning(), Optional.ofNullable(part.getPermits()));
    }

    private static dev.leat.schemas.avro.PluginDescriptor toAvro(PluginDescriptor descriptor) {
        return dev.leat.schemas.avro.PluginDescriptor.newBuilder()
                .setPlugin(descriptor.plugin())
                .setJobTypes(descriptor.jobTypes().stream().map(WorkerMapping::toAvro).toList())
                .build();
    }

    private static JobTypeDescriptor toAvro(PluginDescriptor.JobTypeDescriptor jobType) {
        return JobTypeDescriptor.newBuilder()
                .setName(jobType.type().name())
                .setDescription(jobType.description())
                .setDefaultLane(jobType.defaultLane().wireName())
                .setPolicy(part(jobType.policy()))
                .setInputSchema(jobType.inputSchema().value())
                .setResultSchema(jobType.resultSchema().value())
                .setCompensatedBy(jobType.compensatedBy().map(JobTypeName::toString).orElse(null))
                .build();
    }

    private static PluginDescriptor fromAvro(dev.leat.schemas.avro.PluginDescriptor avro) {
        return new PluginDescriptor(avro.getPlugin(),
                avro.getJobTypes().stream().map(jobType -> fromAvro(avro.getPlugin(), jobType)).toList());
    }

    private static PluginDescriptor.JobTypeDescriptor fromAvro(String plugin, JobTypeDescriptor avro) {
        return new PluginDescriptor.JobTypeDescriptor(new JobTypeName(plugin, avro.getName()), avro.getDescription(),
                lane(avro.getDefaultLane()),
                Optional.ofNullable(avro.getPolicy()).map(WorkerMapping::policy).orElse(JobPolicy.DEFAULT),
                new Json(avro.getInputSchema()), new Json(avro.getResultSchema()),
                Optional.ofNullable(avro.getCompensatedBy()).map(JobTypeName::parse));
    }

    private static PolicyPart part(JobPolicy policy) {
        Backoff backoff = policy.backoff();
        return new PolicyPart(policy.maxAttempts(), backoff.first().toMillis(), backoff.factor(),
                backoff.cap().toMillis(), backoff.jitter(), policy.timeout().toMillis(),
                policy.retention().toMillis());
    }

    private static JobPolicy policy(PolicyPart part) {
        return new JobPolicy(part.getMaxAttempts(),
                SubmissionParts.backoff(part.getBackoffFirstMillis(), part.getBackoffFactor(),
                        part.getBackoffCapMillis(), part.getBackoffJitter()),
                Millis.read("timeoutMillis", part.getTimeoutMillis()),
                Millis.read("retentionMillis", part.getRetentionMillis()));
    }
}
