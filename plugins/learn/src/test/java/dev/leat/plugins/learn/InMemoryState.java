package dev.leat.plugins.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.leat.plugin.PluginState;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the workers of a plugin share, here in one process; as in reality, records make their way as JSON. */
final class InMemoryState implements PluginState {

    private static final JsonMapper MAPPER = JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private final Map<String, byte[]> values = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private int reads;

    /** How often a value was asked for. */
    int reads() {
        return reads;
    }

    @Override
    public Optional<byte[]> get(String key) {
        reads++;
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public <S extends Record> Optional<S> get(String key, Class<S> type) {
        return get(key).map(value -> {
            try {
                return MAPPER.readValue(value, type);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Override
    public OptionalLong version(String key) {
        Long version = versions.get(key);
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }

    @Override
    public void put(String key, byte[] value) {
        values.put(key, value);
        versions.merge(key, 1L, Long::sum);
    }

    @Override
    public void put(String key, Record value) {
        try {
            put(key, MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void remove(String key) {
        values.remove(key);
        versions.remove(key);
    }
}
