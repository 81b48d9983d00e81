package dev.leat.schemas;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact.AttemptCheckpointed;
import dev.leat.domain.Fact.AttemptLogged;
import dev.leat.domain.Fact;
import dev.leat.domain.Fact.AttemptCancelled;
import dev.leat.domain.Fact.AttemptFailed;
import dev.leat.domain.Fact.AttemptProgressed;
import dev.leat.domain.Fact.AttemptReleased;
import dev.leat.domain.Fact.AttemptSnoozed;
import dev.leat.domain.Fact.AttemptStarted;
import dev.leat.domain.Fact.AttemptSucceeded;
import dev.leat.domain.Fact.AttemptTimedOut;
import dev.leat.domain.Fact.ClaimAbandoned;
import dev.leat.domain.Fact.ClaimDoubted;
import dev.leat.domain.Fact.EndRequested;
import dev.leat.domain.Fact.FactOfClaim;
import dev.leat.domain.Fact.JobAdmitted;
import dev.leat.domain.Fact.JobCancelled;
import dev.leat.domain.Fact.JobExpired;
import dev.leat.domain.Fact.JobQueued;
import dev.leat.domain.Fact.JobRejected;
import dev.leat.domain.Fact.JobScheduled;
import dev.leat.domain.Fact.JobTimedOut;
import dev.leat.domain.Fact.LeaseExpired;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.Json;
import dev.leat.domain.LogLine;
import dev.leat.domain.Progress;
import dev.leat.domain.WorkerId;
import dev.leat.schemas.avro.CheckpointPart;
import dev.leat.schemas.avro.ClaimRef;
import dev.leat.schemas.avro.ErrorPart;
import dev.leat.schemas.avro.EventKind;
import dev.leat.schemas.avro.JobEvent;
import dev.leat.schemas.avro.LogLinePart;
import dev.leat.schemas.avro.LogPart;
import dev.leat.schemas.avro.ProgressPart;
import dev.leat.schemas.avro.StartedPart;

/** Facts of the events topic: a kind, and the parts that belong to it. */
final class EventMapping {

    static final Codec.Mapping<Fact, JobEvent> MAPPING = new Codec.Mapping<>(JobEvent.class, EventMapping::toAvro,
            (_, avro) -> fromAvro(avro));

    private EventMapping() {}

    private static JobEvent toAvro(Fact fact) {
        JobEvent.Builder event = JobEvent.newBuilder().setOccurredAt(fact.at());
        if (fact instanceof FactOfClaim ofClaim) {
            event.setClaim(new ClaimRef(ofClaim.attempt(), ofClaim.claim().value()));
        }
        JobEvent.Builder complete = switch (fact) {
            case AttemptStarted started -> event.setKind(EventKind.ATTEMPT_STARTED).setStarted(part(started));
            case AttemptProgressed progressed ->
                event.setKind(EventKind.ATTEMPT_PROGRESSED).setProgress(part(progressed));
            case AttemptCheckpointed checkpointed -> event.setKind(EventKind.ATTEMPT_CHECKPOINTED)
                    .setCheckpoint(new CheckpointPart(checkpointed.sequence(), Bytes.write(checkpointed.checkpoint())));
            case AttemptLogged logged -> event.setKind(EventKind.ATTEMPT_LOGGED)
                    .setLog(new LogPart(logged.sequence(), logged.lines().stream().map(EventMapping::part).toList()));
            case AttemptSucceeded succeeded ->
                event.setKind(EventKind.ATTEMPT_SUCCEEDED).setResult(succeeded.result().value());
            case AttemptFailed failed -> event.setKind(EventKind.ATTEMPT_FAILED)
                    .setError(part(failed.error()))
                    .setRetryInMillis(Millis.write(failed.retryIn()));
            case AttemptTimedOut late -> event.setKind(EventKind.ATTEMPT_TIMED_OUT)
                    .setError(part(late.error()))
                    .setRetryInMillis(Millis.write(late.retryIn()));
            case Fact.AttemptWaiting waiting ->
                event.setKind(EventKind.ATTEMPT_WAITING)
                        .setAwaitedJobs(waiting.jobs().stream().map(JobId::toString).toList());
            case AttemptSnoozed snoozed ->
                event.setKind(EventKind.ATTEMPT_SNOOZED).setRetryInMillis(snoozed.delay().toMillis());
            case AttemptReleased released ->
                event.setKind(EventKind.ATTEMPT_RELEASED).setError(part(released.why()));
            case AttemptCancelled _ -> event.setKind(EventKind.ATTEMPT_CANCELLED);
            case ClaimAbandoned _ -> event.setKind(EventKind.CLAIM_ABANDONED);
            case ClaimDoubted _ -> event.setKind(EventKind.CLAIM_DOUBTED);
            case LeaseExpired _ -> event.setKind(EventKind.LEASE_EXPIRED);
            case JobAdmitted _ -> event.setKind(EventKind.JOB_ADMITTED);
            case JobRejected rejected -> event.setKind(EventKind.JOB_REJECTED)
                    .setError(part(rejected.error()))
                    .setInFavourOf(rejected.inFavourOf().map(JobId::toString).orElse(null));
            case JobCancelled _ -> event.setKind(EventKind.JOB_CANCELLED);
            case JobExpired _ -> event.setKind(EventKind.JOB_EXPIRED);
            case JobTimedOut _ -> event.setKind(EventKind.JOB_TIMED_OUT);
            case JobQueued _,JobScheduled _,EndRequested _,Fact.JobWatched _,Fact.AwaitedEnded _ ->
                throw new IllegalArgumentException(
                        "Expected a fact of the events topic, but got a " + fact.getClass().getSimpleName());
        };
        return complete.build();
    }

    private static Optional<Fact> fromAvro(JobEvent event) {
        return Optional.ofNullable(switch (event.getKind()) {
            case UNKNOWN -> null;
            case ATTEMPT_STARTED -> {
                StartedPart part = required(event, "started", event.getStarted());
                yield new AttemptStarted(attempt(event), claim(event), new WorkerId(part.getWorkerId()),
                        new CommandPosition(part.getTopic(), part.getPartition(), part.getOffset()),
                        Millis.readOptional("retryIfLostMillis", part.getRetryIfLostMillis()), event.getOccurredAt());
            }
            case ATTEMPT_PROGRESSED -> {
                ProgressPart part = required(event, "progress", event.getProgress());
                yield new AttemptProgressed(attempt(event), claim(event), part.getSequence(),
                        new Progress(part.getPercent(), part.getMessage()), event.getOccurredAt());
            }
            case ATTEMPT_CHECKPOINTED -> {
                CheckpointPart part = required(event, "checkpoint", event.getCheckpoint());
                yield new AttemptCheckpointed(attempt(event), claim(event), part.getSequence(),
                        Bytes.checkpoint(part.getData()), event.getOccurredAt());
            }
            case ATTEMPT_LOGGED -> {
                LogPart part = required(event, "log", event.getLog());
                yield new AttemptLogged(attempt(event), claim(event), part.getSequence(),
                        part.getLines().stream().map(EventMapping::line).toList(), event.getOccurredAt());
            }
            case ATTEMPT_SUCCEEDED -> new AttemptSucceeded(attempt(event), claim(event),
                    new Json(required(event, "result", event.getResult())), event.getOccurredAt());
            case ATTEMPT_FAILED -> new AttemptFailed(attempt(event), claim(event), error(event), retryIn(event),
                    event.getOccurredAt());
            case ATTEMPT_TIMED_OUT -> new AttemptTimedOut(attempt(event), claim(event), error(event), retryIn(event),
                    event.getOccurredAt());
            case ATTEMPT_WAITING -> new Fact.AttemptWaiting(attempt(event), claim(event),
                    event.getAwaitedJobs().stream().map(JobId::parse).toList(), event.getOccurredAt());
            case ATTEMPT_SNOOZED -> new AttemptSnoozed(attempt(event), claim(event),
                    Millis.read("retryInMillis", required(event, "retryInMillis", event.getRetryInMillis())),
                    event.getOccurredAt());
            case ATTEMPT_RELEASED ->
                new AttemptReleased(attempt(event), claim(event), error(event), event.getOccurredAt());
            case ATTEMPT_CANCELLED -> new AttemptCancelled(attempt(event), claim(event), event.getOccurredAt());
            case CLAIM_ABANDONED -> new ClaimAbandoned(attempt(event), claim(event), event.getOccurredAt());
            case CLAIM_DOUBTED -> new ClaimDoubted(attempt(event), claim(event), event.getOccurredAt());
            case LEASE_EXPIRED -> new LeaseExpired(attempt(event), claim(event), event.getOccurredAt());
            case JOB_ADMITTED -> new JobAdmitted(event.getOccurredAt());
            case JOB_REJECTED -> new JobRejected(error(event),
                    Optional.ofNullable(event.getInFavourOf()).map(JobId::parse), event.getOccurredAt());
            case JOB_CANCELLED -> new JobCancelled(event.getOccurredAt());
            case JOB_EXPIRED -> new JobExpired(event.getOccurredAt());
            case JOB_TIMED_OUT -> new JobTimedOut(event.getOccurredAt());
        });
    }

    private static StartedPart part(AttemptStarted fact) {
        return new StartedPart(fact.worker().value(), fact.command().topic(), fact.command().partition(),
                fact.command().offset(), Millis.write(fact.retryIfLost()));
    }

    private static ProgressPart part(AttemptProgressed fact) {
        return new ProgressPart(fact.sequence(), fact.progress().percent(), fact.progress().message());
    }

    private static LogLinePart part(LogLine line) {
        return new LogLinePart(line.at(), line.level().wireName(), line.message(), line.fields());
    }

    private static LogLine line(LogLinePart part) {
        return new LogLine(part.getAt(), LogMapping.level(part.getLevel()), part.getMessage(), part.getFields());
    }

    private static ErrorPart part(JobError error) {
        return new ErrorPart(error.code(), error.message(), error.stackTrace());
    }

    private static int attempt(JobEvent event) {
        return required(event, "claim", event.getClaim()).getAttempt();
    }

    private static ClaimId claim(JobEvent event) {
        return new ClaimId(required(event, "claim", event.getClaim()).getClaimId());
    }

    private static JobError error(JobEvent event) {
        ErrorPart part = required(event, "error", event.getError());
        return new JobError(part.getCode(), part.getMessage(), part.getStackTrace());
    }

    private static Optional<Duration> retryIn(JobEvent event) {
        return Millis.readOptional("retryInMillis", event.getRetryInMillis());
    }

    private static <P> P required(JobEvent event, String name, @Nullable P part) {
        if (part == null) {
            throw new IllegalArgumentException(
                    "Expected the part '" + name + "' on an event of kind " + event.getKind() + ", but it is null");
        }
        return part;
    }
}
