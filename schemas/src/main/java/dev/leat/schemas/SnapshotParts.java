package dev.leat.schemas;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.Backoff;
import dev.leat.domain.Claim;
import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Progress;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.domain.WorkerId;
import dev.leat.schemas.avro.BackoffRecord;
import dev.leat.schemas.avro.ClaimPart;
import dev.leat.schemas.avro.OriginRecord;
import dev.leat.schemas.avro.SubmissionPart;

/** The larger parts of a stored job: its submission and its claims. */
final class SnapshotParts {

    private SnapshotParts() {}

    static SubmissionPart part(Submission submission) {
        PolicyOverrides policy = submission.policy();
        Terms terms = submission.terms();
        SubmissionPart part = new SubmissionPart();
        part.setType(submission.type().toString());
        part.setLane(submission.lane().wireName());
        part.setParams(submission.params().value());
        part.setTags(submission.tags());
        part.setSubmittedAt(submission.submittedAt());
        part.setMaxAttempts(policy.maxAttempts().orElse(null));
        part.setBackoff(policy.backoff().map(SnapshotParts::part).orElse(null));
        part.setTimeoutMillis(Millis.write(policy.timeout()));
        part.setRetentionMillis(Millis.write(policy.retention()));
        part.setRunAt(terms.runAt().orElse(null));
        part.setExpiresAt(terms.expiresAt().orElse(null));
        part.setDeadlineAt(terms.deadline().orElse(null));
        part.setUniqueKey(terms.uniqueKey().orElse(null));
        part.setIdempotencyKey(terms.idempotency().map(Terms.Idempotency::key).orElse(null));
        part.setRequestFingerprint(terms.idempotency().map(Terms.Idempotency::fingerprint).orElse(""));
        part.setOrigin(submission.origin()
                .map(origin -> new OriginRecord(SubmissionParts.kind(origin), origin.id(), origin.index()))
                .orElse(null));
        return part;
    }

    private static BackoffRecord part(Backoff backoff) {
        return new BackoffRecord(backoff.first().toMillis(), backoff.factor(), backoff.cap().toMillis(),
                backoff.jitter());
    }

    static Submission submission(SubmissionPart part) {
        Optional<Backoff> backoff = Optional.ofNullable(part.getBackoff())
                .map(stored -> SubmissionParts.backoff(stored.getFirstMillis(), stored.getFactor(),
                        stored.getCapMillis(), stored.getJitter()));
        return new Submission(JobTypeName.parse(part.getType()), WorkerMapping.lane(part.getLane()),
                new Json(part.getParams()), part.getTags(),
                SubmissionParts.policy(part.getMaxAttempts(), backoff, part.getTimeoutMillis(),
                        part.getRetentionMillis()),
                SubmissionParts.terms(part.getRunAt(), part.getExpiresAt(), part.getDeadlineAt(),
                        part.getUniqueKey(),
                        SubmissionParts.idempotency(part.getIdempotencyKey(), part.getRequestFingerprint())),
                part.getSubmittedAt(),
                Optional.ofNullable(part.getOrigin())
                        .map(stored -> SubmissionParts.origin(stored.getKind(), stored.getId(), stored.getIndex())));
    }

    static ClaimPart part(Claim claim) {
        CommandPosition command = claim.command();
        @Nullable
        Double percent = claim.progress().map(Progress::percent).orElse(null);
        return new ClaimPart(claim.id().value(), claim.worker().value(), command.topic(), command.partition(),
                command.offset(), claim.startedAt(), claim.progressSequence(), percent,
                claim.progress().map(Progress::message).orElse(""), Millis.write(claim.retryIfLost()),
                claim.doubted(), claim.checkpointSequence());
    }

    static Claim claim(ClaimPart part) {
        Optional<Progress> progress = Optional.ofNullable(part.getPercent())
                .map(percent -> new Progress(percent, part.getMessage()));
        return new Claim(new ClaimId(part.getClaimId()), new WorkerId(part.getWorkerId()),
                new CommandPosition(part.getTopic(), part.getPartition(), part.getOffset()),
                Millis.readOptional("retryIfLostMillis", part.getRetryIfLostMillis()), part.getDoubted(),
                part.getStartedAt(), part.getProgressSequence(), progress,
                part.getCheckpointSequence());
    }
}
