package dev.leat.schemas;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.Backoff;
import dev.leat.domain.Fact;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.schemas.avro.BackoffPart;
import dev.leat.schemas.avro.JobCommand;
import dev.leat.schemas.avro.OriginPart;

/** Commands: of a lane, whose topic says plugin and lane, and of the pending topic, where the record says both. */
final class CommandMapping {

    private CommandMapping() {}

    static JobCommand toAvro(Fact.JobQueued fact) {
        return command(fact.submission()).setAttempt(fact.attempt())
                .setSpent(fact.spent())
                .setCheckpoint(fact.checkpoint().map(Bytes::write).orElse(null))
                .build();
    }

    static JobCommand toAvro(Fact.JobScheduled fact) {
        return command(fact.submission()).setPriority(fact.submission().lane().wireName()).build();
    }

    private static JobCommand.Builder command(Submission submission) {
        PolicyOverrides policy = submission.policy();
        Terms terms = submission.terms();
        return JobCommand.newBuilder()
                .setType(submission.type().toString())
                .setParams(submission.params().value())
                .setSubmittedAt(submission.submittedAt())
                .setTags(submission.tags())
                .setMaxAttempts(policy.maxAttempts().orElse(null))
                .setBackoff(policy.backoff().map(CommandMapping::part).orElse(null))
                .setTimeoutMillis(Millis.write(policy.timeout()))
                .setRetentionMillis(Millis.write(policy.retention()))
                .setRunAt(terms.runAt().orElse(null))
                .setExpiresAt(terms.expiresAt().orElse(null))
                .setDeadlineAt(terms.deadline().orElse(null))
                .setUniqueKey(terms.uniqueKey().orElse(null))
                .setIdempotencyKey(terms.idempotency().map(Terms.Idempotency::key).orElse(null))
                .setRequestFingerprint(terms.idempotency().map(Terms.Idempotency::fingerprint).orElse(""))
                .setOrigin(submission.origin()
                        .map(origin -> new OriginPart(SubmissionParts.kind(origin), origin.id(), origin.index()))
                        .orElse(null));
    }

    private static BackoffPart part(Backoff backoff) {
        return new BackoffPart(backoff.first().toMillis(), backoff.factor(), backoff.cap().toMillis(),
                backoff.jitter());
    }

    static Fact.JobQueued fromAvro(Topics topics, String topic, JobCommand avro) {
        Topics.LaneOfPlugin lane = topics.parseLane(topic)
                .orElseThrow(() -> new IllegalArgumentException("Expected a lane topic, but got " + topic));
        JobTypeName type = JobTypeName.parse(avro.getType());
        if (!type.plugin().equals(lane.plugin())) {
            throw new IllegalArgumentException(
                    "Expected a job type of plugin '" + lane.plugin() + "' on " + topic + ", but got '" + type + "'");
        }
        if (avro.getAttempt() < 1) {
            throw new IllegalArgumentException("Expected an attempt from 1, but got " + avro.getAttempt());
        }
        if (avro.getSpent() < 0) {
            throw new IllegalArgumentException("Expected 0 or more tries to be spent, but got " + avro.getSpent());
        }
        return new Fact.JobQueued(avro.getAttempt(), avro.getSpent(), submission(type, lane.lane(), avro),
                Optional.ofNullable(avro.getCheckpoint()).map(Bytes::checkpoint));
    }

    static Fact.JobScheduled pendingFromAvro(Topics topics, String topic, JobCommand avro) {
        if (!topic.equals(topics.pending())) {
            throw new IllegalArgumentException("Expected " + topics.pending() + ", but got " + topic);
        }
        @Nullable
        String priority = avro.getPriority();
        Lane lane = priority == null ? Lane.NORMAL : WorkerMapping.lane(priority);
        return new Fact.JobScheduled(submission(JobTypeName.parse(avro.getType()), lane, avro));
    }

    private static Submission submission(JobTypeName type, Lane lane, JobCommand avro) {
        Optional<Backoff> backoff = Optional.ofNullable(avro.getBackoff())
                .map(part -> SubmissionParts.backoff(part.getFirstMillis(), part.getFactor(), part.getCapMillis(),
                        part.getJitter()));
        return new Submission(type, lane, new Json(avro.getParams()), avro.getTags(),
                SubmissionParts.policy(avro.getMaxAttempts(), backoff, avro.getTimeoutMillis(),
                        avro.getRetentionMillis()),
                SubmissionParts.terms(avro.getRunAt(), avro.getExpiresAt(), avro.getDeadlineAt(), avro.getUniqueKey(),
                        SubmissionParts.idempotency(avro.getIdempotencyKey(), avro.getRequestFingerprint())),
                avro.getSubmittedAt(),
                Optional.ofNullable(avro.getOrigin())
                        .map(part -> SubmissionParts.origin(part.getKind(), part.getId(), part.getIndex())));
    }
}
