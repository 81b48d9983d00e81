package dev.leat.schemas;

import java.util.Optional;

import dev.leat.domain.Json;
import dev.leat.domain.batch.BatchTemplate;

/** Batches that are kept under a name. */
final class TemplateMapping {

    static final Codec.Mapping<BatchTemplate, dev.leat.schemas.avro.BatchTemplate> MAPPING = new Codec.Mapping<>(
            dev.leat.schemas.avro.BatchTemplate.class,
            template -> new dev.leat.schemas.avro.BatchTemplate(template.name(), template.content().value(),
                    template.updatedAt()),
            (_, avro) -> Optional.of(
                    new BatchTemplate(avro.getName(), new Json(avro.getContent()), avro.getUpdatedAt())));

    private TemplateMapping() {}
}
