package dev.leat.worker.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * What a plugin leaves for itself, as JSON. Read leniently, for another version of the plugin may have left it: fields
 * that the record does not have are passed over. Thread-safe.
 *
 * @param mapper the plugin's, as it may hold on to the plugin's classes
 */
public record RecordJson(JsonMapper mapper) {

    /**
     * The JSON in UTF-8.
     *
     * @param value a record, or what JSON can hold
     * @throws IllegalArgumentException if it cannot be written
     */
    public byte[] write(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Expected a value of %s that can be written as JSON, but: %s"
                    .formatted(value.getClass().getSimpleName(), e.getOriginalMessage()), e);
        }
    }

    /**
     * The record.
     *
     * @throws IllegalArgumentException if the bytes are no JSON of such a record
     */
    public <R extends Record> R read(byte[] json, Class<R> type) {
        try {
            R value = mapper.readerFor(type).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).readValue(json);
            if (value == null) {
                throw new IllegalArgumentException(
                        "Expected the JSON of a %s, but got null".formatted(type.getSimpleName()));
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Expected the JSON of a %s, but: %s".formatted(type.getSimpleName(), e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Expected the JSON of a %s, but: %s".formatted(type.getSimpleName(), e.getMessage()), e);
        }
    }
}
