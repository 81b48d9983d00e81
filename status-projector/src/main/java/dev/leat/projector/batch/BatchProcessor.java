package dev.leat.projector.batch;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.JobNotice;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.projector.topology.Outgoing;

/**
 * Sees to the batches of one partition.
 *
 * <p>Invariants: as for jobs, stores, written records and offsets are one transaction. So an operation counts as released
 * exactly where its command is in the log, and as ended exactly where its notice has been read; after a crash both are as
 * of the last commit, and the same notices come again.
 *
 * <p>Owned by the stream thread of its task, which also runs the alarms.
 */
final class BatchProcessor implements Processor<byte[], byte[], byte[], Outgoing> {

    private static final Logger LOG = LoggerFactory.getLogger(BatchProcessor.class);

    private final BatchTopology.Parts parts;
    private final BatchReader reader;
    private @Nullable Running running;

    /** What there is from {@code init} to {@code close}. */
    private record Running(ProcessorContext<byte[], Outgoing> context, BatchTask task, BatchWork work) {}

    BatchProcessor(BatchTopology.Parts parts) {
        this.parts = parts;
        this.reader = new BatchReader(parts.shared());
    }

    /** Called when the stores have been restored. */
    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        BatchTask task = new BatchTask(context, parts);
        running = new Running(context, task, new BatchWork(context, task, parts.shared().clock()));
        parts.owned().add(task.view());
        parts.signals().signalAll();
    }

    @Override
    public void process(Record<byte[], byte[]> rawRecord) {
        Running current = current();
        RecordMetadata at = current.context().recordMetadata().orElseThrow();
        switch (reader.read(at, rawRecord.key(), rawRecord.value())) {
            case BatchReading.Event(BatchId id, BatchEvent event) -> {
                current.task().take(id, event, rawRecord.value());
                current.work().told(id);
                seen(current, at);
                parts.signals().signal(id);
            }
            case BatchReading.Notice(BatchId id, JobNotice notice) -> {
                current.task().take(id, notice);
                current.work().told(id);
            }
            case BatchReading.Other _ -> seen(current, at);
            case BatchReading.Poison poison -> {
                bury(current, rawRecord, at, poison);
                seen(current, at);
            }
        }
    }

    private void seen(Running current, RecordMetadata at) {
        if (at.topic().equals(parts.shared().topics().batches())) {
            current.task().view().recordTakenIn(at.offset());
        }
    }

    private static void bury(Running current, Record<byte[], byte[]> rawRecord, RecordMetadata at,
            BatchReading.Poison poison) {
        LOG.warn("Record at {}-{}@{} goes to the dead-letter topic: {}", at.topic(), at.partition(), at.offset(),
                poison.detail());
        current.task().outbox().bury(rawRecord, at, poison);
    }

    @Override
    public void close() {
        if (running != null) {
            running.work().cancel();
            parts.owned().remove(running.task().view());
            parts.signals().signalAll();
            running = null;
        }
    }

    private Running current() {
        if (running == null) {
            throw new IllegalStateException("Expected a record after init and before close");
        }
        return running;
    }
}
