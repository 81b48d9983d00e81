package dev.leat.worker.shared;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

import org.apache.kafka.clients.producer.ProducerRecord;

import dev.leat.domain.JobId;
import dev.leat.domain.Origin;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchOrder;
import dev.leat.plugin.BatchRequest;
import dev.leat.plugin.NotAcknowledgedException;
import dev.leat.schemas.Codec;
import dev.leat.worker.plugin.BatchForm;
import dev.leat.worker.plugin.RecordJson;

/**
 * Orders the batches that handlers ask for.
 *
 * <p>Invariant: one request of one job is one batch, however often it is made: its id follows from both, and of two orders
 * of one batch the first one counts. Thread-safe.
 *
 * @param orders the topic
 */
public record FurtherBatches(AcknowledgedProducer producer, Codec<BatchOrder> codec, String orders,
        InstantSource clock) {

    /**
     * Orders a batch; returns when Kafka has acknowledged it.
     *
     * @param parent the job whose handler asks
     * @param json writes its params
     * @throws IllegalArgumentException if there is nothing to do, or the params cannot be written or are too large
     * @throws NotAcknowledgedException if there is no acknowledgement in time; it may be ordered all the same
     * @throws InterruptedException likewise, if the thread is interrupted
     */
    public BatchId order(JobId parent, BatchRequest request, RecordJson json) throws InterruptedException {
        BatchId batch = BatchId.ofJob(parent, request.key());
        byte[] value = RequestRecords.encode(codec, orders, new BatchOrder.Place(BatchForm.of(request, json),
                Optional.of(new Origin(Origin.Kind.JOB, parent.toString(), 0)), clock.instant()), request);
        var _ = producer.send(
                new ProducerRecord<>(orders, batch.toString().getBytes(StandardCharsets.UTF_8), value),
                request.toString());
        return batch;
    }
}
