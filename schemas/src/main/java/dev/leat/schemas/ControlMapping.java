package dev.leat.schemas;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.ClaimId;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.Request;
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
            case STOP_CLAIM -> Optional.of(new Request.StopClaim(claim(avro), avro.getRequestedAt()));
            case FORGET -> Optional.of(new Request.Forget(avro.getRequestedAt()));
            case UNKNOWN -> Optional.empty();
        };
    }

    private static ClaimId claim(JobControl avro) {
        @Nullable
        String claim = avro.getClaimId();
        if (claim == null) {
            throw new IllegalArgumentException(
                    "Expected the part 'claimId' on a control of kind STOP_CLAIM, but it is null");
        }
        return new ClaimId(claim);
    }
}
