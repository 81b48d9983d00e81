package dev.leat.schemas;

import java.util.Optional;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobLog;
import dev.leat.domain.JobNotice;
import dev.leat.domain.PluginDescriptor;
import dev.leat.domain.Request;
import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.limit.PluginSetting;
import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchMember;
import dev.leat.domain.batch.BatchOrder;
import dev.leat.domain.batch.BatchTemplate;
import dev.leat.schemas.avro.JobCommand;
import dev.leat.schemas.serde.TrustedPackages;

/**
 * One codec for each kind of record.
 *
 * @param commands of lane topics; reading one checks that its type belongs to the topic's plugin
 * @param pending of the pending topic
 * @param events of the events topic: all facts but {@code JobQueued}, {@code JobScheduled} and {@code EndRequested}
 * @param control of the control topic
 * @param heartbeats of the workers topic
 * @param plugins of the plugins topic
 * @param jobs of the projector's store
 * @param notices of the notices topic
 * @param settings of the topic of plugin settings
 * @param logs of the projector's store of logs
 * @param schedules of the schedules topic
 * @param scheduleStates of the projector's store of schedules
 * @param batches of the batches topic
 * @param batchStates batches of the projector's store
 * @param batchMembers operations of batches of the projector's store
 * @param batchTemplates of the batch templates topic
 * @param batchOrders of the batch orders topic
 */
public record Codecs(Codec<Fact.JobQueued> commands, Codec<Fact.JobScheduled> pending, Codec<Fact> events,
        Codec<Request> control, Codec<WorkerHeartbeat> heartbeats, Codec<PluginDescriptor> plugins, Codec<Job> jobs,
        Codec<JobNotice> notices, Codec<PluginSetting> settings, Codec<JobLog> logs, Codec<ScheduleRevision> schedules,
        Codec<Schedule> scheduleStates, Codec<BatchEvent> batches, Codec<Batch> batchStates,
        Codec<BatchMember> batchMembers, Codec<BatchTemplate> batchTemplates,
        Codec<BatchOrder> batchOrders) {

    /**
     * Makes the codecs of one installation.
     *
     * @param serializer of Avro records, configured and for values
     * @param deserializer of Avro records, configured for values and with {@code specific.avro.reader}
     */
    public static Codecs of(Topics topics, Serializer<Object> serializer, Deserializer<Object> deserializer) {
        TrustedPackages.addLeat();
        Codec<Fact.JobScheduled> pending = new Codec<>(new Codec.Mapping<>(JobCommand.class, CommandMapping::toAvro,
                (topic, avro) -> Optional.of(CommandMapping.pendingFromAvro(topics, topic, avro))), serializer,
                deserializer);
        Codec<BatchEvent> batches = new Codec<>(new BatchMapping(pending, topics).mapping(), serializer, deserializer);
        return new Codecs(
                new Codec<>(new Codec.Mapping<>(JobCommand.class, CommandMapping::toAvro,
                        (topic, avro) -> Optional.of(CommandMapping.fromAvro(topics, topic, avro))), serializer,
                        deserializer),
                pending,
                new Codec<>(EventMapping.MAPPING, serializer, deserializer),
                new Codec<>(ControlMapping.MAPPING, serializer, deserializer),
                new Codec<>(WorkerMapping.HEARTBEATS, serializer, deserializer),
                new Codec<>(WorkerMapping.PLUGINS, serializer, deserializer),
                new Codec<>(SnapshotMapping.MAPPING, serializer, deserializer),
                new Codec<>(NoticeMapping.MAPPING, serializer, deserializer),
                new Codec<>(PluginSettingMapping.MAPPING, serializer, deserializer),
                new Codec<>(LogMapping.MAPPING, serializer, deserializer),
                new Codec<>(ScheduleMapping.REVISIONS, serializer, deserializer),
                new Codec<>(ScheduleMapping.SCHEDULES, serializer, deserializer),
                batches,
                new Codec<>(new BatchSnapshotMapping(batches, topics).mapping(), serializer, deserializer),
                new Codec<>(BatchSnapshotMapping.MEMBERS, serializer, deserializer),
                new Codec<>(TemplateMapping.MAPPING, serializer, deserializer),
                new Codec<>(BatchOrderMapping.MAPPING, serializer, deserializer));
    }
}
