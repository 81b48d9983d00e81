package dev.leat.projector.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Submission;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchOrder;
import dev.leat.domain.schedule.ScheduleEffect;
import dev.leat.projector.topology.Burial;
import dev.leat.projector.topology.JobTopology;
import dev.leat.projector.topology.Outgoing;
import dev.leat.schemas.DeadLetter;

/**
 * Writes what schedules want done about jobs and batches, each record with the id of its job or batch as the key. It becomes visible together
 * with the store and the offsets of the task, or not at all. For the task's stream thread.
 */
final class ScheduleOutbox {

    private final ProcessorContext<byte[], Outgoing> context;
    private final JobTopology.Parts parts;

    ScheduleOutbox(ProcessorContext<byte[], Outgoing> context, JobTopology.Parts parts) {
        this.context = context;
        this.parts = parts;
    }

    void run(ScheduleEffect effect) {
        switch (effect) {
            case ScheduleEffect.Fire(JobId job, Submission submission) -> {
                String pending = parts.topics().pending();
                byte[] value = parts.patience()
                        .until("submit " + job,
                                () -> parts.codecs().pending().encode(pending, new Fact.JobScheduled(submission)));
                forward(job, Outgoing.of(pending, value), submission.submittedAt(), ScheduleTopology.COMMANDS);
                parts.counters().countFired();
            }
            case ScheduleEffect.Order(BatchId batch, BatchOrder order) -> order(batch, order);
            case ScheduleEffect.End(JobId job, Fact.EndRequested request) -> {
                String control = parts.topics().control();
                byte[] value = parts.patience()
                        .until("ask for the end of " + job, () -> parts.codecs().control().encode(control, request));
                forward(job, Outgoing.of(control, value), request.at(), ScheduleTopology.REQUESTS);
            }
        }
    }

    private void order(BatchId batch, BatchOrder order) {
        String orders = parts.topics().batchOrders();
        byte[] value = parts.patience()
                .until("order batch " + batch, () -> parts.codecs().batchOrders().encode(orders, order));
        context.forward(new Record<>(batch.toString().getBytes(StandardCharsets.UTF_8), Outgoing.of(orders, value),
                Math.max(0, order.at().toEpochMilli())), ScheduleTopology.ORDERS);
        if (order instanceof BatchOrder.Place) {
            parts.counters().countFired();
        }
    }

    private void forward(JobId job, Outgoing outgoing, Instant at, String sink) {
        context.forward(new Record<>(job.toString().getBytes(StandardCharsets.UTF_8), outgoing,
                Math.max(0, at.toEpochMilli())), sink);
    }

    /** Writes a record that nobody can use to the dead-letter topic. */
    void bury(Record<byte[], byte[]> rawRecord, RecordMetadata at, ScheduleReader.Reading.Poison poison) {
        context.forward(Burial.of(parts.topics(), rawRecord, at,
                new DeadLetter.Why(poison.reason(), poison.detail(), parts.writtenBy())),
                ScheduleTopology.DEAD_LETTERS);
        parts.counters().countDeadLetter();
    }
}
