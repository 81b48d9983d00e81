package dev.leat.schemas;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.Json;
import dev.leat.domain.Origin;
import dev.leat.domain.batch.BatchOrder;
import dev.leat.domain.batch.BatchRun;
import dev.leat.schemas.avro.BatchOrderKind;

/** What schedules and handlers want of batches. */
final class BatchOrderMapping {

    static final Codec.Mapping<BatchOrder, dev.leat.schemas.avro.BatchOrder> MAPPING = new Codec.Mapping<>(
            dev.leat.schemas.avro.BatchOrder.class, BatchOrderMapping::toAvro, (_, avro) -> fromAvro(avro));

    private BatchOrderMapping() {}

    private static dev.leat.schemas.avro.BatchOrder toAvro(BatchOrder order) {
        dev.leat.schemas.avro.BatchOrder.Builder builder = dev.leat.schemas.avro.BatchOrder.newBuilder()
                .setRequestedAt(order.at());
        return (switch (order) {
            case BatchOrder.Cancel _ -> builder.setKind(BatchOrderKind.CANCEL);
            case BatchOrder.Place(var content, var origin, _) -> content(builder.setKind(BatchOrderKind.PLACE), content)
                    .setOriginKind(origin.map(SubmissionParts::kind).orElse(null))
                    .setOriginId(origin.map(Origin::id).orElse(""))
                    .setOriginIndex(origin.map(Origin::index).orElse(0L));
        }).build();
    }

    private static dev.leat.schemas.avro.BatchOrder.Builder content(dev.leat.schemas.avro.BatchOrder.Builder builder,
            BatchOrder.Content content) {
        return switch (content) {
            case BatchOrder.Content.OfTemplate(BatchRun(String template, Json params)) ->
                builder.setTemplate(template).setParams(params.value());
            case BatchOrder.Content.Written(Json batch) -> builder.setBatch(batch.value());
        };
    }

    private static Optional<BatchOrder> fromAvro(dev.leat.schemas.avro.BatchOrder avro) {
        return switch (avro.getKind()) {
            case PLACE -> Optional.of(new BatchOrder.Place(content(avro), origin(avro.getOriginKind(),
                    avro.getOriginId(), avro.getOriginIndex()), avro.getRequestedAt()));
            case CANCEL -> Optional.of(new BatchOrder.Cancel(avro.getRequestedAt()));
            case UNKNOWN -> Optional.empty();
        };
    }

    private static BatchOrder.Content content(dev.leat.schemas.avro.BatchOrder avro) {
        @Nullable
        String template = avro.getTemplate();
        @Nullable
        String batch = avro.getBatch();
        if (template != null) {
            return new BatchOrder.Content.OfTemplate(new BatchRun(template, new Json(avro.getParams())));
        }
        if (batch == null) {
            throw new IllegalArgumentException("Expected a template or a batch, but got neither");
        }
        return new BatchOrder.Content.Written(new Json(batch));
    }

    /** Of a batch and of an order for one. */
    static Optional<Origin> origin(@Nullable String kind, String id, long index) {
        return Optional.ofNullable(kind).map(present -> SubmissionParts.origin(present, id, index));
    }
}
