package dev.leat.plugins.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** The form in which workers hand a model to each other. */
final class ModelJson {

    // A later version may say more.
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private ModelJson() {}

    private record Stored(String version, String trainedAt, LinearModel model) {}

    static byte[] write(TrainedModel model) {
        try {
            return MAPPER.writeValueAsBytes(
                    new Stored(model.version(), model.trainedAt().toString(), model.model()));
        } catch (JsonProcessingException e) {
            throw new AssertionError("Expected every model to have a form in JSON", e);
        }
    }

    /** @throws IOException if that is no model */
    static TrainedModel read(byte[] json) throws IOException {
        try {
            Stored stored = MAPPER.readValue(json, Stored.class);
            return new TrainedModel(stored.version(), Instant.parse(stored.trainedAt()), stored.model());
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IOException("Expected a model in JSON, but: " + e.getMessage(), e);
        }
    }
}
