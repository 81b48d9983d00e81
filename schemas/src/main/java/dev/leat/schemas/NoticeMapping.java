package dev.leat.schemas;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;

/** What batches and schedules are told about their jobs. */
final class NoticeMapping {

    static final Codec.Mapping<JobNotice, dev.leat.schemas.avro.JobNotice> MAPPING = new Codec.Mapping<>(
            dev.leat.schemas.avro.JobNotice.class, NoticeMapping::toAvro, (_, avro) -> Optional.of(fromAvro(avro)));

    private NoticeMapping() {}

    private static dev.leat.schemas.avro.JobNotice toAvro(JobNotice notice) {
        return dev.leat.schemas.avro.JobNotice.newBuilder()
                .setOriginKind(SubmissionParts.kind(notice.origin()))
                .setOriginId(notice.origin().id())
                .setOriginIndex(notice.origin().index())
                .setJobId(notice.job().toString())
                .setType(notice.type().toString())
                .setState(notice.state().wireName())
                .setResult(notice.result().map(Json::value).orElse(null))
                .setErrorCode(notice.error().map(JobError::code).orElse(null))
                .setErrorMessage(notice.error().map(JobError::message).orElse(""))
                .setStartedAt(notice.startedAt().orElse(null))
                .setFinishedAt(notice.finishedAt())
                .build();
    }

    private static JobNotice fromAvro(dev.leat.schemas.avro.JobNotice avro) {
        @Nullable
        String code = avro.getErrorCode();
        return new JobNotice(SubmissionParts.origin(avro.getOriginKind(), avro.getOriginId(), avro.getOriginIndex()),
                JobId.parse(avro.getJobId()), JobTypeName.parse(avro.getType()), state(avro.getState()),
                Optional.ofNullable(avro.getResult()).map(Json::new),
                Optional.ofNullable(code).map(present -> JobError.of(present, avro.getErrorMessage())),
                Optional.ofNullable(avro.getStartedAt()), avro.getFinishedAt());
    }

    private static JobState state(String name) {
        return JobState.ofWireName(name)
                .filter(JobState::isTerminal)
                .orElseThrow(() -> new IllegalArgumentException("Expected how a job ended, but got '" + name + "'"));
    }
}
