package dev.leat.submit.template;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.leat.domain.batch.BatchTemplate;
import dev.leat.schemas.Codec;

/** The templates there are, as the topic has them. One thread calls {@link #apply}; all else is for any thread. */
public final class TemplateCatalog {

    private final Codec<BatchTemplate> codec;
    private final ConcurrentSkipListMap<String, BatchTemplate> templates = new ConcurrentSkipListMap<>();

    public TemplateCatalog(Codec<BatchTemplate> codec) {
        this.codec = codec;
    }

    /** Takes in a record of the topic, in the order of the topic. */
    public void apply(ConsumerRecord<byte[], byte[]> rawRecord) {
        String name = new String(rawRecord.key(), StandardCharsets.UTF_8);
        if (rawRecord.value() == null) {
            templates.remove(name);
        } else {
            codec.decode(rawRecord.topic(), rawRecord.value())
                    .ifPresent(template -> templates.put(name, template));
        }
    }

    /** The template of that name. */
    public Optional<BatchTemplate> find(String name) {
        return Optional.ofNullable(templates.get(name));
    }

    /** The first templates in the order of their names, from the one after that name on. */
    List<BatchTemplate> page(Optional<String> after, int most) {
        return after.map(name -> templates.tailMap(name, false)).orElse(templates).values().stream().limit(most)
                .toList();
    }
}
