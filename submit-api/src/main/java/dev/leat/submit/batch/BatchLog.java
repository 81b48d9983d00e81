package dev.leat.submit.batch;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.runtime.http.ProblemException;
import dev.leat.schemas.Codec;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.submission.AcknowledgedSender;
import dev.leat.submit.submission.SendFailedException;

/** What the API writes to the batches topic. Thread-safe. */
public final class BatchLog {

    private static final Logger LOG = LoggerFactory.getLogger(BatchLog.class);

    private final String topic;
    private final Codec<BatchEvent> codec;
    private final TransactionalSender batches;
    private final AcknowledgedSender requests;

    public BatchLog(String topic, Codec<BatchEvent> codec, TransactionalSender batches, AcknowledgedSender requests) {
        this.topic = topic;
        this.codec = codec;
        this.batches = batches;
        this.requests = requests;
    }

    /**
     * An event as it stands on the topic.
     *
     * @throws ProblemException where the schema registry is away
     */
    public byte[] encode(BatchEvent event) {
        try {
            return codec.encode(topic, event);
        } catch (RetriableException unreachable) {
            LOG.warn("Expected the schema registry to answer for {}, but: {}", topic, unreachable.getMessage());
            throw ApiProblems.registryUnavailable();
        }
    }

    /**
     * Writes all records of a batch, or none.
     *
     * @return where the last one stands
     * @throws ProblemException where that failed; it names the batch if it may be there all the same
     */
    CommandPosition open(BatchId id, List<byte[]> records) {
        byte[] key = key(id);
        try {
            return batches.send(records.stream().map(value -> new ProducerRecord<>(topic, key, value)).toList());
        } catch (SendFailedException failed) {
            throw problem("batch", id, failed);
        }
    }

    /**
     * Writes what is asked of a batch.
     *
     * @throws ProblemException where that failed
     */
    CommandPosition ask(BatchId id, BatchEvent request) {
        try {
            return AcknowledgedSender.await(requests.begin(new ProducerRecord<>(topic, key(id), encode(request))));
        } catch (SendFailedException failed) {
            throw problem("request about the batch", id, failed);
        }
    }

    private static byte[] key(BatchId id) {
        return id.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ProblemException problem(String what, BatchId id, SendFailedException failed) {
        LOG.warn("Expected the {} {} to be acknowledged, but it is {}: {}", what, id, failed.outcome(),
                failed.getMessage());
        return switch (failed.outcome()) {
            case TOO_LARGE -> ApiProblems.bodyTooLarge("Expected operations that Kafka takes, but one is too large");
            case NOT_WRITTEN -> ApiProblems.brokerUnavailable(what, Optional.empty());
            case UNKNOWN -> ApiProblems.batchInDoubt(what, id);
        };
    }
}
