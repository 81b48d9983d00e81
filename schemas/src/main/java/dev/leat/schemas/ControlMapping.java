package dev.leat.schemas;

import java.util.Optional;

import dev.leat.domain.Fact;
import dev.leat.schemas.avro.ControlKind;
import dev.leat.schemas.avro.JobControl;

/** What is asked of jobs that have been submitted. */
final class ControlMapping {

    static final Codec.Mapping<Fact.CancelRequested, JobControl> MAPPING = new Codec.Mapping<>(JobControl.class,
            ControlMapping::toAvro, (_, avro) -> fromAvro(avro));

    private ControlMapping() {}

    private static JobControl toAvro(Fact.CancelRequested fact) {
        return JobControl.newBuilder().setKind(ControlKind.CANCEL).setRequestedAt(fact.at()).build();
    }

    private static Optional<Fact.CancelRequested> fromAvro(JobControl avro) {
        return switch (avro.getKind()) {
            case CANCEL -> Optional.of(new Fact.CancelRequested(avro.getRequestedAt()));
            case UNKNOWN -> Optional.empty();
        };
    }
}
