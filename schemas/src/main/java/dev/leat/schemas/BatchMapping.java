package dev.leat.schemas;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.Fact;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Origin;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchOptions;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.domain.batch.Operation;
import dev.leat.schemas.avro.BatchRecord;
import dev.leat.schemas.avro.BatchRecordKind;

/** What happens to batches from outside. The jobs in it are commands of the pending topic, framed as they are there. */
final class BatchMapping {

    private static final Json NO_PARAMS = new Json("{}");

    private final Codec<Fact.JobScheduled> commands;
    private final String pending;

    /** @param commands of the pending topic */
    BatchMapping(Codec<Fact.JobScheduled> commands, Topics topics) {
        this.commands = commands;
        this.pending = topics.pending();
    }

    Codec.Mapping<BatchEvent, BatchRecord> mapping() {
        return new Codec.Mapping<>(BatchRecord.class, this::toAvro, (_, avro) -> fromAvro(avro));
    }

    private BatchRecord toAvro(BatchEvent event) {
        BatchRecord.Builder builder = BatchRecord.newBuilder().setRequestedAt(event.at());
        BatchRecord.Builder complete = switch (event) {
            case BatchEvent.Opened(BatchSpec spec) -> opened(builder.setKind(BatchRecordKind.OPENED), spec);
            case BatchEvent.Item(Operation operation) -> item(builder.setKind(BatchRecordKind.ITEM), operation);
            case BatchEvent.CancelRequested _ -> builder.setKind(BatchRecordKind.CANCEL);
            case BatchEvent.RollbackRequested _ -> builder.setKind(BatchRecordKind.ROLLBACK);
        };
        return complete.build();
    }

    private BatchRecord.Builder opened(BatchRecord.Builder builder, BatchSpec spec) {
        Map<String, Integer> types = new HashMap<>();
        spec.types().forEach((type, count) -> types.put(type.toString(), count));
        return builder.setName(spec.name().orElse(null))
                .setTotal(spec.total())
                .setTypes(types)
                .setOnFailure(spec.options().onFailure().wireName())
                .setConcurrency(spec.options().concurrency().orElse(null))
                .setSummaryJobId(spec.onCompletion().map(job -> job.id().toString()).orElse(null))
                .setSummaryCommand(spec.onCompletion().map(job -> command(job.submission())).orElse(null))
                .setOriginKind(spec.origin().map(SubmissionParts::kind).orElse(null))
                .setOriginId(spec.origin().map(Origin::id).orElse(""))
                .setOriginIndex(spec.origin().map(Origin::index).orElse(0L))
                .setRefusalCode(spec.refusal().map(JobError::code).orElse(null))
                .setRefusalMessage(spec.refusal().map(JobError::message).orElse(""));
    }

    private BatchRecord.Builder item(BatchRecord.Builder builder, Operation operation) {
        return builder.setIndex(operation.index())
                .setJobId(operation.job().toString())
                .setCommand(command(operation.submission()))
                .setCompensation(operation.compensation()
                        .map(how -> command(new Submission(how.type(), how.lane(), NO_PARAMS, List.of(),
                                how.policy(), Terms.NONE, operation.submission().submittedAt())))
                        .orElse(null));
    }

    private ByteBuffer command(Submission submission) {
        return Bytes.write(commands.encode(pending, new Fact.JobScheduled(submission)));
    }

    private Optional<BatchEvent> fromAvro(BatchRecord avro) {
        return switch (avro.getKind()) {
            case OPENED -> Optional.of(new BatchEvent.Opened(spec(avro)));
            case ITEM -> Optional.of(new BatchEvent.Item(operation(avro)));
            case CANCEL -> Optional.of(new BatchEvent.CancelRequested(avro.getRequestedAt()));
            case ROLLBACK -> Optional.of(new BatchEvent.RollbackRequested(avro.getRequestedAt()));
            case UNKNOWN -> Optional.empty();
        };
    }

    private BatchSpec spec(BatchRecord avro) {
        Map<JobTypeName, Integer> types = new HashMap<>();
        avro.getTypes().forEach((type, count) -> types.put(JobTypeName.parse(type), count));
        Optional<BatchSpec.SummaryJob> summary = Optional.ofNullable(avro.getSummaryJobId())
                .map(id -> new BatchSpec.SummaryJob(JobId.parse(id),
                        submission("summaryCommand", avro.getSummaryCommand())));
        return new BatchSpec(Optional.ofNullable(avro.getName()), avro.getTotal(), types,
                new BatchOptions(onFailure(avro.getOnFailure()), Optional.ofNullable(avro.getConcurrency())), summary,
                avro.getRequestedAt(),
                BatchOrderMapping.origin(avro.getOriginKind(), avro.getOriginId(), avro.getOriginIndex()),
                Optional.ofNullable(avro.getRefusalCode())
                        .map(code -> JobError.of(code, avro.getRefusalMessage())));
    }

    private static BatchOptions.OnFailure onFailure(String name) {
        return Arrays.stream(BatchOptions.OnFailure.values())
                .filter(known -> known.wireName().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("Expected stop or continue, but got '" + name + "'"));
    }

    private Operation operation(BatchRecord avro) {
        @Nullable
        String job = avro.getJobId();
        if (job == null || avro.getIndex() < 0) {
            throw new IllegalArgumentException("Expected an operation with an index from 0 and a job, but got index "
                    + avro.getIndex() + " and job " + job);
        }
        Optional<Operation.Compensation> compensation = Optional.ofNullable(avro.getCompensation())
                .map(bytes -> submission("compensation", bytes))
                .map(how -> new Operation.Compensation(how.type(), how.lane(), how.policy()));
        return new Operation(avro.getIndex(), JobId.parse(job), submission("command", avro.getCommand()),
                compensation);
    }

    private Submission submission(String part, @Nullable ByteBuffer framed) {
        if (framed == null) {
            throw new IllegalArgumentException("Expected the part '" + part + "' on a record of a batch, but it is"
                    + " null");
        }
        return commands.decode(pending, Bytes.read(framed)).orElseThrow().submission();
    }
}
