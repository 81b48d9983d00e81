package dev.leat.worker.plugin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.leat.domain.Json;

/** How the records of plugins and JSON map to each other: strictly, and with times in ISO 8601. */
public final class PluginJson {

    /** For trees alone: a mapper remembers every class that it has mapped, and so keeps its class loader. */
    static final JsonMapper TREES = newMapper();

    private PluginJson() {}

    /** A mapper that shares no memory with any other. */
    public static JsonMapper newMapper() {
        // One of its own: the factory that is the default in some versions is static, and remembers classes, too.
        return JsonMapper.builder().typeFactory(TypeFactory.createDefaultInstance())
                .addModules(new Jdk8Module(), new JavaTimeModule())
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS, SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /**
     * A record as JSON, its absent components left out.
     *
     * @throws IllegalArgumentException if it cannot be written
     */
    public static Json write(Record value) {
        try {
            return new Json(newMapper().writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Expected a %s that can be written as JSON, but: %s"
                    .formatted(value.getClass().getSimpleName(), e.getOriginalMessage()), e);
        }
    }
}
