package dev.leat.schemas;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.ClaimId;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Request;
import dev.leat.domain.Waits;
import dev.leat.schemas.avro.ControlKind;
import dev.leat.schemas.avro.JobControl;

/** What is asked of jobs that have been submitted. */
final class ControlMapping {

    static final Codec.Mapping<Request, JobControl> MAPPING = new Codec.Mapping<>(JobControl.class,
            ControlMapping::toAvro, (_, avro) -> fromAvro(avro));

    private ControlMapping() {}

    private static JobControl toAvro(Request request) {
        JobControl.Builder control = JobControl.newBuilder().setRequestedAt(request.at());
        JobControl.Builder complete = switch (request) {
            case Fact.EndRequested wanted -> control.setKind(switch (wanted.reason()) {
                case CANCEL -> ControlKind.CANCEL;
                case EXPIRE -> ControlKind.EXPIRE;
                case DEADLINE -> ControlKind.TIME_OUT;
            });
            case Fact.JobWatched watched -> control.setKind(ControlKind.WATCH)
                    .setWatcherJobId(watched.watcher().job().toString())
                    .setWaitingAttempt(watched.watcher().attempt());
            case Fact.AwaitedEnded ended -> control.setKind(ControlKind.AWAITED_ENDED)
                    .setWaitingAttempt(ended.attempt())
                    .setEnded(AwaitedParts.part(ended.ended()));
            case Request.StopClaim stop -> control.setKind(ControlKind.STOP_CLAIM).setClaimId(stop.claim().value());
            case Request.Forget _ -> control.setKind(ControlKind.FORGET);
        };
        return complete.build();
    }

    private static Optional<Request> fromAvro(JobControl avro) {
        return switch (avro.getKind()) {
            case CANCEL -> Optional.of(new Fact.EndRequested(EndReason.CANCEL, avro.getRequestedAt()));
            case EXPIRE -> Optional.of(new Fact.EndRequested(EndReason.EXPIRE, avro.getRequestedAt()));
            case TIME_OUT -> Optional.of(new Fact.EndRequested(EndReason.DEADLINE, avro.getRequestedAt()));
            case STOP_CLAIM -> Optional.of(new Request.StopClaim(
                    new ClaimId(required(avro, "claimId", avro.getClaimId())), avro.getRequestedAt()));
            case WATCH -> Optional.of(new Fact.JobWatched(
                    new Waits.Watcher(JobId.parse(required(avro, "watcherJobId", avro.getWatcherJobId())),
                            required(avro, "waitingAttempt", avro.getWaitingAttempt())),
                    avro.getRequestedAt()));
            case AWAITED_ENDED -> Optional.of(new Fact.AwaitedEnded(
                    required(avro, "waitingAttempt", avro.getWaitingAttempt()),
                    AwaitedParts.read(required(avro, "ended", avro.getEnded())), avro.getRequestedAt()));
            case FORGET -> Optional.of(new Request.Forget(avro.getRequestedAt()));
            case UNKNOWN -> Optional.empty();
        };
    }

    private static <P> P required(JobControl avro, String name, @Nullable P part) {
        if (part == null) {
            throw new IllegalArgumentException("Expected the part '" + name + "' on a control of kind "
                    + avro.getKind() + ", but it is null");
        }
        return part;
    }
}
