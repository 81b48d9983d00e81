package dev.leat.schemas;

import java.util.List;
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
        JobCommand command = command(fact.submission());
        command.setAttempt(fact.attempt());
        command.setSpent(fact.spent());
        command.setCheckpoint(fact.checkpoint().map(Bytes::write).orElse(null));
        command.setAwaited(AwaitedParts.ofCommand(fact.awaited()));
        return command;
    }

    static JobCommand toAvro(Fact.JobScheduled fact) {
        JobCommand command = command(fact.submission());
        command.setAttempt(1);
        command.setPriority(fact.submission().lane().wireName());
        return command;
    }

    private static JobCommand command(Submission submission) {
        PolicyOverrides policy = submission.policy();
        Terms terms = submission.terms();
        JobCommand command = new JobCommand();
        command.setType(submission.type().toString());
        command.setParams(submission.params().value());
        command.setSubmittedAt(submission.submittedAt());
        command.setTags(submission.tags());
        command.setMaxAttempts(policy.maxAttempts().orElse(null));
        command.setBackoff(policy.backoff().map(CommandMapping::part).orElse(null));
        command.setTimeoutMillis(Millis.write(policy.timeout()));
        command.setRetentionMillis(Millis.write(policy.retention()));
        command.setRunAt(terms.runAt().orElse(null));
        command.setExpiresAt(terms.expiresAt().orElse(null));
        command.setDeadlineAt(terms.deadline().orElse(null));
        command.setUniqueKey(terms.uniqueKey().orElse(null));
        command.setIdempotencyKey(terms.idempotency().map(Terms.Idempotency::key).orElse(null));
        command.setRequestFingerprint(terms.idempotency().map(Terms.Idempotency::fingerprint).orElse(""));
        command.setOrigin(submission.origin()
                .map(origin -> new OriginPart(SubmissionParts.kind(origin), origin.id(), origin.index()))
                .orElse(null));
        command.setAwaited(List.of());
        return command;
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
                Optional.ofNullable(avro.getCheckpoint()).map(Bytes::checkpoint),
                avro.getAwaited().stream().map(AwaitedParts::read).toList());
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
