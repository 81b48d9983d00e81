package dev.leat.plugin.test;

import dev.leat.plugin.PluginState;
import dev.leat.worker.plugin.PluginJson;
import dev.leat.worker.plugin.RecordJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the workers of a plugin share, here in one JVM: with the limits, the copies and the JSON of a worker, and without
 * Kafka. A change waits for nobody, but a thread that is interrupted makes none, as it would not wait for Kafka either.
 *
 * <p>Thread-safe; the monitor guards all of it.
 */
public final class InMemoryPluginState implements PluginState {

    /** A value that nobody changes. */
    private static final class Entry {

        private final byte[] value;
        private final long version;

        private Entry(byte[] value, long version) {
            this.value = value;
            this.version = version;
        }
    }

    private final Map<String, Entry> entries = new HashMap<>();
    private final RecordJson json = new RecordJson(PluginJson.newMapper());
    private long changes;
    private long bytes;

    /** An empty one. */
    public InMemoryPluginState() {}

    private synchronized Optional<Entry> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    @Override
    public Optional<byte[]> get(String key) {
        return find(key).map(entry -> entry.value.clone());
    }

    @Override
    public <S extends Record> Optional<S> get(String key, Class<S> type) {
        try {
            return find(key).map(entry -> json.read(entry.value, type));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("Expected '%s' to hold a %s. %s".formatted(key, type.getSimpleName(),
                    e.getMessage()), e);
        }
    }

    @Override
    public OptionalLong version(String key) {
        return find(key).map(entry -> OptionalLong.of(entry.version)).orElseGet(OptionalLong::empty);
    }

    @Override
    public synchronized void put(String key, byte[] value) throws InterruptedException {
        requireKey(key);
        long before = find(key).map(entry -> entry.value.length).orElse(0);
        requireRoom(key, value.length, bytes - before + value.length);
        requireUninterrupted(key);
        entries.put(key, new Entry(value.clone(), ++changes));
        bytes += value.length - before;
    }

    @Override
    public void put(String key, Record value) throws InterruptedException {
        put(key, json.write(value));
    }

    @Override
    public synchronized void remove(String key) throws InterruptedException {
        requireKey(key);
        requireUninterrupted(key);
        Entry removed = entries.remove(key);
        if (removed != null) {
            changes++;
            bytes -= removed.value.length;
        }
    }

    private static void requireKey(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw new IllegalArgumentException(
                    "Expected a key of 1 to %d characters, but got %d".formatted(MAX_KEY, key.length()));
        }
    }

    private void requireRoom(String key, int size, long total) {
        if (size > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "Expected '%s' to have at most %d bytes, but got %d".formatted(key, MAX_BYTES, size));
        }
        if (!entries.containsKey(key) && entries.size() == MOST_KEYS) {
            throw new IllegalStateException(
                    "Expected a plugin to have at most %d keys, but '%s' would be one more".formatted(MOST_KEYS, key));
        }
        if (total > MAX_TOTAL_BYTES) {
            throw new IllegalStateException(
                    "Expected a plugin to have at most %d bytes in all its values, but with '%s' it would have %d"
                            .formatted(MAX_TOTAL_BYTES, key, total));
        }
    }

    private static void requireUninterrupted(String key) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(
                    "Expected Kafka to acknowledge '%s', but the thread was interrupted".formatted(key));
        }
    }
}
