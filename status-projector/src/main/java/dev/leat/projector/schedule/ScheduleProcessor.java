package dev.leat.projector.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.JobNotice;
import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.domain.schedule.Scheduling;
import dev.leat.projector.topology.Alarm;
import dev.leat.projector.topology.JobTopology;
import dev.leat.projector.topology.Outgoing;

/**
 * Sees to the schedules of one partition.
 *
 * <p>Invariants:
 * <ul>
 * <li>A schedule's cursor and the commands of what it has fired are one transaction (exactly_once_v2). After a crash the
 * store is as of the last commit, no command that was written since is visible to anybody, and the same due times come
 * again; their jobs have the same ids.
 * <li>When the alarm rings, is made from the stored schedules alone: nothing has to be remembered for a firing to come.
 * </ul>
 *
 * <p>Owned by the stream thread of its task, which also runs the alarm.
 */
final class ScheduleProcessor implements Processor<byte[], byte[], byte[], Outgoing> {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleProcessor.class);

    private static final Duration LONGEST = Duration.ofMillis(25);
    /** As for all due work: facts are folded in between. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final ScheduleTopology.Parts owner;
    private final JobTopology.Parts parts;
    private final ScheduleReader reader;
    private @Nullable Running running;

    /** What there is from {@code init} to {@code close}. */
    private record Running(ProcessorContext<byte[], Outgoing> context, ScheduleStore store, ScheduleOutbox outbox,
            Alarm alarm) {}

    ScheduleProcessor(ScheduleTopology.Parts owner) {
        this.owner = owner;
        this.parts = owner.shared();
        this.reader = new ScheduleReader(parts);
    }

    /** Called when the store has been restored. */
    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        PartitionSchedules schedules = new PartitionSchedules(context.taskId().partition());
        ScheduleStore store = new ScheduleStore(context.getStateStore(ScheduleTopology.STORE),
                ScheduleTopology.changelog(context.applicationId()), parts.codecs().scheduleStates(), parts.patience(),
                schedules);
        Running begun = new Running(context, store, new ScheduleOutbox(context, parts),
                new Alarm(context, parts.clock(), this::comeDue));
        running = begun;
        plan(begun, Instant.MIN);
        owner.owned().add(schedules);
        owner.signals().signalAll();
    }

    @Override
    public void process(Record<byte[], byte[]> rawRecord) {
        Running current = current();
        RecordMetadata at = current.context().recordMetadata().orElseThrow();
        switch (reader.read(rawRecord, at)) {
            case ScheduleReader.Reading.Revised(ScheduleRevision revision) -> revise(current, revision);
            case ScheduleReader.Reading.Deleted(ScheduleId id) -> {
                current.store().delete(id);
                owner.signals().signal(id);
            }
            case ScheduleReader.Reading.Ended(ScheduleId id, JobNotice notice) ->
                find(current, id).ifPresent(known -> carryOut(current,
                        Scheduling.ended(known, notice, parts.clock().instant())));
            case ScheduleReader.Reading.Other() -> LOG.trace("Passed over {}-{}@{}", at.topic(), at.partition(),
                    at.offset());
            case ScheduleReader.Reading.Poison _ when at.topic().equals(parts.topics().notices()) ->
                // The processor of batches reads it, too, and buries it.
                LOG.debug("Passed over the notice at {}-{}, which cannot be read", at.partition(), at.offset());
            case ScheduleReader.Reading.Poison poison -> {
                LOG.warn("Record at {}-{}@{} goes to the dead-letter topic: {}", at.topic(), at.partition(),
                        at.offset(), poison.detail());
                current.outbox().bury(rawRecord, at, poison);
            }
        }
        plan(current, Instant.MIN);
    }

    private void revise(Running current, ScheduleRevision revision) {
        Scheduling.changed(find(current, revision.id()), revision, parts.clock().instant())
                .ifPresentOrElse(decision -> carryOut(current, decision),
                        () -> LOG.info("Version {} of schedule {} does not count: another change came first",
                                revision.version(), revision.id()));
        owner.signals().signal(revision.id());
    }

    private static Optional<Schedule> find(Running current, ScheduleId id) {
        return current.store().schedules().find(id);
    }

    private static void carryOut(Running current, Scheduling.Decision decision) {
        current.store().save(decision.schedule());
        decision.effects().forEach(current.outbox()::run);
    }

    private void comeDue() {
        Running current = current();
        long start = System.nanoTime();
        Instant now = parts.clock().instant();
        Optional<Schedule> due = current.store().schedules().firstDue(now);
        while (due.isPresent() && System.nanoTime() - start < LONGEST.toNanos()) {
            carryOut(current, Scheduling.due(due.get(), now));
            due = current.store().schedules().firstDue(now);
        }
        plan(current, now.plus(PAUSE));
    }

    private static void plan(Running current, Instant notBefore) {
        current.store()
                .schedules()
                .nextAlarm()
                .map(next -> next.isBefore(notBefore) ? notBefore : next)
                .ifPresent(current.alarm()::setFor);
    }

    /** What is in memory goes with the task; the next one makes it anew. */
    @Override
    public void close() {
        if (running != null) {
            running.alarm().cancel();
            owner.owned().remove(running.store().schedules());
            owner.signals().signalAll();
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
