package dev.leat.schemas;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.Claim;
import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Progress;
import dev.leat.domain.Submission;
import dev.leat.domain.WorkerId;
import dev.leat.schemas.avro.ClaimPart;
import dev.leat.schemas.avro.ErrorRecord;
import dev.leat.schemas.avro.JobSnapshot;
import dev.leat.schemas.avro.OutcomePart;
import dev.leat.schemas.avro.SubmissionPart;

/** Jobs as the projector keeps them. */
final class SnapshotMapping {

    static final Codec.Mapping<Job, JobSnapshot> MAPPING = new Codec.Mapping<>(JobSnapshot.class,
            SnapshotMapping::toAvro, (_, avro) -> Optional.of(fromAvro(avro)));

    private SnapshotMapping() {}

    private static JobSnapshot toAvro(Job job) {
        return JobSnapshot.newBuilder()
                .setJobId(job.id().toString())
                .setState(job.state().wireName())
                .setAttempt(job.attempt())
                .setSubmission(job.submission().map(SnapshotMapping::part).orElse(null))
                .setClaims(job.claims().stream().map(SnapshotMapping::part).toList())
                .setAbandonedClaims(job.abandonedClaims().stream().map(ClaimId::value).toList())
                .setCancelRequestedAt(job.cancelRequestedAt().orElse(null))
                .setOutcome(job.outcome().map(SnapshotMapping::part).orElse(null))
                .build();
    }

    private static Job fromAvro(JobSnapshot avro) {
        return new Job(JobId.parse(avro.getJobId()),
                JobState.ofWireName(avro.getState())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "Expected a job state, but got '" + avro.getState() + "'")),
                Optional.ofNullable(avro.getSubmission()).map(SnapshotMapping::submission), avro.getAttempt(),
                avro.getClaims().stream().map(SnapshotMapping::claim).toList(),
                avro.getAbandonedClaims().stream().map(ClaimId::new).toList(),
                Optional.ofNullable(avro.getCancelRequestedAt()),
                Optional.ofNullable(avro.getOutcome()).map(SnapshotMapping::outcome));
    }

    private static SubmissionPart part(Submission submission) {
        return new SubmissionPart(submission.type().toString(), submission.lane().wireName(),
                submission.params().value(), submission.tags(), submission.submittedAt());
    }

    private static Submission submission(SubmissionPart part) {
        return new Submission(JobTypeName.parse(part.getType()), WorkerMapping.lane(part.getLane()),
                new Json(part.getParams()), part.getTags(), part.getSubmittedAt());
    }

    private static ClaimPart part(Claim claim) {
        CommandPosition command = claim.command();
        @Nullable
        Double percent = claim.progress().map(Progress::percent).orElse(null);
        return new ClaimPart(claim.id().value(), claim.worker().value(), command.topic(), command.partition(),
                command.offset(), claim.startedAt(), claim.progressSequence(), percent,
                claim.progress().map(Progress::message).orElse(""));
    }

    private static Claim claim(ClaimPart part) {
        Optional<Progress> progress = Optional.ofNullable(part.getPercent())
                .map(percent -> new Progress(percent, part.getMessage()));
        return new Claim(new ClaimId(part.getClaimId()), new WorkerId(part.getWorkerId()),
                new CommandPosition(part.getTopic(), part.getPartition(), part.getOffset()), part.getStartedAt(),
                part.getProgressSequence(), progress);
    }

    private static OutcomePart part(Job.Outcome outcome) {
        return new OutcomePart(outcome.finishedAt(), outcome.result().map(Json::value).orElse(null),
                outcome.error()
                        .map(error -> new ErrorRecord(error.code(), error.message(), error.stackTrace()))
                        .orElse(null));
    }

    private static Job.Outcome outcome(OutcomePart part) {
        return new Job.Outcome(part.getFinishedAt(), Optional.ofNullable(part.getResult()).map(Json::new),
                Optional.ofNullable(part.getError())
                        .map(error -> new JobError(error.getCode(), error.getMessage(), error.getStackTrace())));
    }
}
