package dev.leat.schemas;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchMember;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.domain.batch.Rollback;
import dev.leat.domain.batch.Tally;
import dev.leat.schemas.avro.BatchMemberSnapshot;
import dev.leat.schemas.avro.BatchSnapshot;
import dev.leat.schemas.avro.RollbackPart;

/** Batches and their members as the projector stores them. */
final class BatchSnapshotMapping {

    static final Codec.Mapping<BatchMember, BatchMemberSnapshot> MEMBERS = new Codec.Mapping<>(
            BatchMemberSnapshot.class, BatchSnapshotMapping::toAvro, (_, avro) -> Optional.of(member(avro)));

    private final Codec<BatchEvent> events;
    private final String batches;

    /** @param events of the batches topic */
    BatchSnapshotMapping(Codec<BatchEvent> events, Topics topics) {
        this.events = events;
        this.batches = topics.batches();
    }

    Codec.Mapping<Batch, BatchSnapshot> mapping() {
        return new Codec.Mapping<>(BatchSnapshot.class, this::toAvro, (_, avro) -> Optional.of(batch(avro)));
    }

    private BatchSnapshot toAvro(Batch batch) {
        return BatchSnapshot.newBuilder()
                .setId(batch.id().toString())
                .setSpec(Bytes.write(events.encode(batches, new BatchEvent.Opened(batch.spec()))))
                .setReceived(batch.received())
                .setReleased(batch.released())
                .setEnded(counts(batch.tally().byState(), JobState::wireName))
                .setOpen(counts(batch.tally().open(), JobTypeName::toString))
                .setRunMillis(batch.tally().runTime().toMillis())
                .setHalt(batch.halt().map(BatchSnapshotMapping::name).orElse(null))
                .setEndFrom(batch.endFrom().orElse(null))
                .setRollback(batch.rollback()
                        .map(part -> new RollbackPart(part.left(), part.running(), part.compensated(), part.failed(),
                                part.impossible()))
                        .orElse(null))
                .setSummarized(batch.summarized())
                .setStartedAt(batch.startedAt().orElse(null))
                .setFinishedAt(batch.finishedAt().orElse(null))
                .build();
    }

    private static <K> Map<String, Integer> counts(Map<K, Integer> counts, Function<K, String> name) {
        Map<String, Integer> named = new HashMap<>();
        counts.forEach((key, count) -> named.put(name.apply(key), count));
        return named;
    }

    private static String name(Batch.Halt halt) {
        return halt.name().toLowerCase(Locale.ROOT);
    }

    private Batch batch(BatchSnapshot avro) {
        Map<JobState, Integer> ended = new HashMap<>();
        avro.getEnded().forEach((state, count) -> ended.put(state(state), count));
        Map<JobTypeName, Integer> open = new HashMap<>();
        avro.getOpen().forEach((type, count) -> open.put(JobTypeName.parse(type), count));
        Optional<Rollback> rollback = Optional.ofNullable(avro.getRollback())
                .map(part -> new Rollback(part.getLeft(), part.getRunning(), part.getCompensated(), part.getFailed(),
                        part.getImpossible()));
        return new Batch(BatchId.parse(avro.getId()), spec(avro), avro.getReceived(), avro.getReleased(),
                new Tally(ended, open, Duration.ofMillis(avro.getRunMillis())),
                Optional.ofNullable(avro.getHalt()).map(BatchSnapshotMapping::halt),
                Optional.ofNullable(avro.getEndFrom()), rollback, avro.getSummarized(),
                Optional.ofNullable(avro.getStartedAt()), Optional.ofNullable(avro.getFinishedAt()));
    }

    private BatchSpec spec(BatchSnapshot avro) {
        return events.decode(batches, Bytes.read(avro.getSpec()))
                .filter(BatchEvent.Opened.class::isInstance)
                .map(BatchEvent.Opened.class::cast)
                .map(BatchEvent.Opened::spec)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected what was asked for of batch " + avro.getId() + ", but it is something else"));
    }

    private static Batch.Halt halt(String name) {
        return Arrays.stream(Batch.Halt.values())
                .filter(known -> name(known).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected failure, cancel or rollback, but got '" + name + "'"));
    }

    private static BatchMemberSnapshot toAvro(BatchMember member) {
        Optional<BatchMember.End> end = member.end();
        Optional<JobError> error = end.flatMap(BatchMember.End::error);
        return BatchMemberSnapshot.newBuilder()
                .setIndex(member.index())
                .setJobId(member.job().toString())
                .setType(member.type().toString())
                .setCompensable(member.compensable())
                .setState(end.map(how -> how.state().wireName()).orElse(null))
                .setErrorCode(error.map(JobError::code).orElse(null))
                .setErrorMessage(error.map(JobError::message).orElse(""))
                .setStartedAt(end.flatMap(BatchMember.End::startedAt).orElse(null))
                .setFinishedAt(end.map(BatchMember.End::finishedAt).orElse(null))
                .setResult(end.flatMap(BatchMember.End::result).map(Json::value).orElse(null))
                .setSequence(end.flatMap(BatchMember.End::sequence).orElse(null))
                .setUndoJobId(member.undo().map(undo -> undo.job().toString()).orElse(null))
                .setUndoState(member.undo().flatMap(BatchMember.Undo::state).map(JobState::wireName).orElse(null))
                .build();
    }

    private static BatchMember member(BatchMemberSnapshot avro) {
        Optional<BatchMember.Undo> undo = Optional.ofNullable(avro.getUndoJobId())
                .map(job -> new BatchMember.Undo(JobId.parse(job),
                        Optional.ofNullable(avro.getUndoState()).map(BatchSnapshotMapping::state)));
        return new BatchMember(avro.getIndex(), JobId.parse(avro.getJobId()), JobTypeName.parse(avro.getType()),
                avro.getCompensable(), end(avro), undo);
    }

    private static Optional<BatchMember.End> end(BatchMemberSnapshot avro) {
        @Nullable
        String state = avro.getState();
        @Nullable
        Instant finishedAt = avro.getFinishedAt();
        if (state == null || finishedAt == null) {
            return Optional.empty();
        }
        Optional<JobError> error = Optional.ofNullable(avro.getErrorCode())
                .map(code -> JobError.of(code, avro.getErrorMessage()));
        return Optional.of(new BatchMember.End(state(state), error, Optional.ofNullable(avro.getStartedAt()),
                finishedAt, Optional.ofNullable(avro.getResult()).map(Json::new),
                Optional.ofNullable(avro.getSequence())));
    }

    private static JobState state(String name) {
        return JobState.ofWireName(name)
                .filter(JobState::isTerminal)
                .orElseThrow(() -> new IllegalArgumentException("Expected how a job ended, but got '" + name + "'"));
    }
}
