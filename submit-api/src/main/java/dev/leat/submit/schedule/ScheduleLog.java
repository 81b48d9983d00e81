package dev.leat.submit.schedule;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.runtime.http.ProblemException;
import dev.leat.schemas.Codec;
import dev.leat.schemas.Topics;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.submission.AcknowledgedSender;
import dev.leat.submit.submission.SendFailedException;

/**
 * The topic of schedules, as the API reads and writes it. Each method that writes returns when the record is in the log
 * for good. Thread-safe.
 */
public final class ScheduleLog {

    /**
     * The longest record of a schedule, in bytes: projectors keep all schedules in memory, and write its job to Kafka
     * each time.
     */
    public static final int MAX_RECORD = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleLog.class);

    private final Topics topics;
    private final Codec<ScheduleRevision> codec;
    private final AcknowledgedSender sender;

    public ScheduleLog(Topics topics, Codec<ScheduleRevision> codec, AcknowledgedSender sender) {
        this.topics = topics;
        this.codec = codec;
        this.sender = sender;
    }

    /** @throws ProblemException where that failed */
    void write(ScheduleRevision revision) {
        byte[] value;
        try {
            value = codec.encode(topics.schedules(), revision);
        } catch (RetriableException unreachable) {
            LOG.warn("Expected the schema registry to answer for schedules, but: {}", unreachable.getMessage());
            throw ApiProblems.registryUnavailable();
        }
        if (value.length > MAX_RECORD) {
            throw ApiProblems.bodyTooLarge("Expected a schedule whose record on Kafka has at most " + MAX_RECORD
                    + " bytes, but it has " + value.length);
        }
        send(revision.id(), value);
    }

    /** @throws ProblemException where that failed */
    void delete(ScheduleId id) {
        send(id, null);
    }

    private void send(ScheduleId id, byte @Nullable [] value) {
        try {
            var _ = AcknowledgedSender.await(sender.begin(new ProducerRecord<>(topics.schedules(),
                    id.value().getBytes(StandardCharsets.UTF_8), value)));
        } catch (SendFailedException failed) {
            LOG.warn("Expected the change of schedule {} to be acknowledged, but it is {}: {}", id, failed.outcome(),
                    failed.getMessage());
            throw ScheduleProblems.brokerUnavailable(id, failed.outcome() == SendFailedException.Outcome.UNKNOWN);
        }
    }

    /** What a record of the topic says, as a projector handed it on. */
    ScheduleRevision read(byte[] value) {
        try {
            return codec.decode(topics.schedules(), value)
                    .orElseThrow(() -> new IllegalStateException(
                            "Expected a schedule that this version knows, but a newer one has written it"));
        } catch (RetriableException unreachable) {
            throw ApiProblems.registryUnavailable();
        }
    }
}
