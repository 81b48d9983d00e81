package dev.leat.projector.topology;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Request;

/**
 * Sees to the jobs of one partition: folds their facts, does what is due, decides about the claims of silent workers.
 *
 * <pre>
 *              ┌────────── one transaction of the task ──────────┐
 *   record ──▶ │ offset   jobs   due   keys   records written    │ ──▶ commit: all of it, or nothing
 *   alarm  ──▶ │    -     jobs   due   keys   records written    │
 *              └──────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>Invariants:
 * <ul>
 * <li>Stores, written records and offsets are one transaction (exactly_once_v2). After a crash between any two lines the
 * stores are as of the last commit, nothing that was written since is visible to anybody, and the same records and due
 * entries come again. What is in memory (index, open claims, due mark, questions to Kafka) is made anew from the stores
 * and decides nothing that the log would not decide again.
 * <li>What was written and not committed is not even visible to this processor: its own decisions come back by the events
 * topic, in the order of that log, and count then.
 * <li>No record stops the partition: what cannot be used goes to the dead-letter topic, or is counted where a worker puts
 * it there. A fact that changes nothing is not stored.
 * </ul>
 *
 * <p>Owned by the stream thread of its task, which also runs the alarms.
 */
final class JobProcessor implements Processor<byte[], byte[], byte[], Outgoing> {

    private static final Logger LOG = LoggerFactory.getLogger(JobProcessor.class);

    private final JobTopology.Parts parts;
    private final FactReader reader;
    private @Nullable Running running;

    /** What there is from {@code init} to {@code close}. */
    private record Running(ProcessorContext<byte[], Outgoing> context, Task task, FactFolding facts, DueWork dueWork,
            LostClaimSweep sweep) {}

    JobProcessor(JobTopology.Parts parts) {
        this.parts = parts;
        this.reader = new FactReader(parts);
    }

    /**
     * Called when the stores have been restored. What exists only in memory is made from them.
     *
     * <p>A claim in the stores is new to this task: the instance that judges it may have read its worker's beats less far
     * than the task has folded, so the worker is given a lease first, as with a claim that is folded now.
     */
    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        long start = System.nanoTime();
        Task task = Task.of(context, parts);
        LOG.debug("Indexed partition {} in {} ms", task.view().partition(), (System.nanoTime() - start) / 1_000_000);
        EffectRunner effects = new EffectRunner(task, parts);
        Running begun = new Running(context, task, new FactFolding(task, effects, parts),
                new DueWork(context, task, effects, parts), new LostClaimSweep(context, task, parts));
        running = begun;
        task.jobs().claims().workers().forEach(parts.leases()::claimed);
        plan(begun);
        parts.owned().add(task.view());
        parts.signals().signalAll();
    }

    private static void plan(Running current) {
        current.dueWork().plan();
        current.sweep().plan();
    }

    @Override
    public void process(Record<byte[], byte[]> rawRecord) {
        Running current = current();
        RecordMetadata at = current.context().recordMetadata().orElseThrow();
        switch (reader.read(at, rawRecord.key(), rawRecord.value())) {
            case Reading.Known(JobId id, Fact fact) -> {
                fold(current, rawRecord, at, id, fact);
                seen(current, at, id);
            }
            case Reading.Asked(JobId id, Request request) -> {
                current.facts().answer(id, request);
                seen(current, at, id);
            }
            case Reading.Newer(JobId id) -> {
                parts.counters().countNewer();
                seen(current, at, id);
            }
            case Reading.Poison poison -> {
                bury(current, rawRecord, at, poison);
                current.task().view().recordFolded(at.topic(), at.offset());
            }
        }
        plan(current);
    }

    private void fold(Running current, Record<byte[], byte[]> rawRecord, RecordMetadata at, JobId id, Fact fact) {
        try {
            current.facts().fold(id, fact);
        } catch (JobTooLargeException tooLarge) {
            bury(current, rawRecord, at, new Reading.Poison("too-large", String.valueOf(tooLarge.getMessage())));
        }
    }

    private void seen(Running current, RecordMetadata at, JobId id) {
        current.task().view().recordFolded(at.topic(), at.offset());
        parts.signals().signal(id);
    }

    private void bury(Running current, Record<byte[], byte[]> rawRecord, RecordMetadata at, Reading.Poison poison) {
        if (parts.topics().parseLane(at.topic()).isPresent()) {
            parts.counters().countUnusableCommand();
            LOG.warn("Passed over the command at {}-{}@{}: {}", at.topic(), at.partition(), at.offset(),
                    poison.detail());
            return;
        }
        parts.counters().countDeadLetter();
        LOG.warn("Record at {}-{}@{} goes to the dead-letter topic: {}", at.topic(), at.partition(), at.offset(),
                poison.detail());
        current.task().outbox().bury(rawRecord, at, poison);
    }

    /** What is in memory goes with the task; the next one makes it anew. */
    @Override
    public void close() {
        if (running != null) {
            running.dueWork().cancel();
            running.sweep().cancel();
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
