package dev.leat.projector.topology;

import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.Decisions;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.projector.index.PartitionView;
import dev.leat.schemas.DeadLetter;

/**
 * Folds the facts of one partition into its jobs: load, fold, store, show, write the decision that follows. What to make
 * of a fact, the domain says.
 *
 * <p>Invariants: exactly the records that Kafka Streams commits have been folded, since store, decisions and offsets
 * are one transaction. No record stops the partition: what cannot be used goes to the dead-letter topic, or is counted
 * where a worker puts it there. A fact that changes nothing is not written.
 *
 * <p>Owned by the stream thread of its task.
 */
final class JobProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(JobProcessor.class);

    private final JobTopology.Parts parts;
    private final FactReader reader;
    private @Nullable Task task;

    /** What a task has from its {@code init} to its {@code close}. */
    private record Task(ProcessorContext<byte[], byte[]> context, JobStore store, PartitionView view) {}

    JobProcessor(JobTopology.Parts parts) {
        this.parts = parts;
        this.reader = new FactReader(parts.topics(), parts.codecs(), parts.partitions(), parts.patience());
    }

    /** Called when the store has been restored. The index exists only in memory, so it is made from the store. */
    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        JobStore store = new JobStore(context.getStateStore(JobStore.NAME),
                JobTopology.changelog(context.applicationId()), parts.codecs().jobs(), parts.patience());
        PartitionView view = new PartitionView(context.taskId().partition());
        long start = System.nanoTime();
        store.forEach(job -> view.index().update(Job.unknown(job.id()), job));
        LOG.debug("Indexed partition {} in {} ms", view.partition(), (System.nanoTime() - start) / 1_000_000);
        task = new Task(context, store, view);
        parts.owned().add(view);
        parts.signals().signalAll();
    }

    @Override
    public void process(Record<byte[], byte[]> rawRecord) {
        Task current = current();
        RecordMetadata at = current.context().recordMetadata().orElseThrow();
        switch (reader.read(at, rawRecord.key(), rawRecord.value())) {
            case Reading.Known(JobId id, Fact fact) -> {
                fold(current, id, fact);
                current.view().recordFolded(at.topic(), at.offset());
                parts.signals().signal(id);
            }
            case Reading.Newer(JobId id) -> {
                parts.counters().countNewer();
                current.view().recordFolded(at.topic(), at.offset());
                parts.signals().signal(id);
            }
            case Reading.Poison poison -> {
                bury(current, rawRecord, at, poison);
                current.view().recordFolded(at.topic(), at.offset());
            }
        }
    }

    private void fold(Task current, JobId id, Fact fact) {
        Job before = current.store().load(id);
        Job after = JobFold.apply(before, fact);
        if (after.equals(before)) {
            parts.counters().countUnchanged();
            return;
        }
        current.store().save(after);
        current.view().index().update(before, after);
        parts.counters().countChanged();
        Instant now = parts.clock().instant();
        Decisions.after(before, after, now).ifPresent(decision -> write(current, id, decision));
    }

    private void write(Task current, JobId id, Fact decision) {
        String events = parts.topics().events();
        byte[] value = parts.patience()
                .until("write a decision on " + id, () -> parts.codecs().events().encode(events, decision));
        current.context()
                .forward(new Record<>(JobStore.key(id).get(), value, decision.at().toEpochMilli()),
                        JobTopology.DECISIONS);
    }

    private void bury(Task current, Record<byte[], byte[]> rawRecord, RecordMetadata at, Reading.Poison poison) {
        if (parts.topics().parseLane(at.topic()).isPresent()) {
            parts.counters().countUnusableCommand();
            LOG.warn("Passed over the command at {}-{}@{}: {}", at.topic(), at.partition(), at.offset(),
                    poison.detail());
            return;
        }
        parts.counters().countDeadLetter();
        LOG.warn("Record at {}-{}@{} goes to the dead-letter topic: {}", at.topic(), at.partition(), at.offset(),
                poison.detail());
        ProducerRecord<byte[], byte[]> letter = DeadLetter.of(parts.topics(), asConsumed(rawRecord, at),
                new DeadLetter.Why(poison.reason(), poison.detail(), parts.writtenBy()));
        current.context()
                .forward(new Record<>(letter.key(), letter.value(), rawRecord.timestamp(), letter.headers()),
                        JobTopology.DEAD_LETTERS);
    }

    private static ConsumerRecord<byte[], byte[]> asConsumed(Record<byte[], byte[]> rawRecord, RecordMetadata at) {
        return new ConsumerRecord<>(at.topic(), at.partition(), at.offset(), rawRecord.timestamp(),
                TimestampType.CREATE_TIME, ConsumerRecord.NULL_SIZE, ConsumerRecord.NULL_SIZE, rawRecord.key(),
                rawRecord.value(), rawRecord.headers(), Optional.empty());
    }

    /** What is in memory goes with the task; the next one makes it anew. */
    @Override
    public void close() {
        if (task != null) {
            parts.owned().remove(task.view());
            parts.signals().signalAll();
            task = null;
        }
    }

    private Task current() {
        if (task == null) {
            throw new IllegalStateException("Expected a record after init and before close");
        }
        return task;
    }
}
