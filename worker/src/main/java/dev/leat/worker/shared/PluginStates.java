package dev.leat.worker.shared;

import java.util.Optional;
import java.util.OptionalLong;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import dev.leat.plugin.PluginState;
import dev.leat.worker.plugin.RecordJson;

/**
 * Gives plugins their shared state. Thread-safe.
 *
 * @param copy what has been read of it
 */
public record PluginStates(SharedState copy, Writer writer) {

    /** Writes changes to the topic that holds it. */
    @FunctionalInterface
    interface Writer {

        /**
         * Writes a record; returns when Kafka has acknowledged it.
         *
         * @param value null for a tombstone
         * @param what the record is, for messages
         * @return its offset
         */
        long write(byte[] key, byte @Nullable [] value, String what) throws InterruptedException;
    }

    /** The states whose changes go to a topic. */
    public static PluginStates in(String topic, SharedState copy, AcknowledgedProducer producer) {
        return new PluginStates(copy,
                (key, value, what) -> producer.send(new ProducerRecord<>(topic, key, value), what).offset());
    }

    /** The state of one plugin, whose records are written and read so. */
    public PluginState of(String plugin, RecordJson json) {
        return new OfPlugin(plugin, copy.of(plugin), json);
    }

    /** One plugin's. */
    private final class OfPlugin implements PluginState {

        private final String plugin;
        private final StateEntries entries;
        private final RecordJson json;

        OfPlugin(String plugin, StateEntries entries, RecordJson json) {
            this.plugin = plugin;
            this.entries = entries;
            this.json = json;
        }

        @Override
        public Optional<byte[]> get(String key) {
            return entries.find(key).flatMap(StateEntries.Entry::value).map(byte[]::clone);
        }

        @Override
        public <S extends Record> Optional<S> get(String key, Class<S> type) {
            try {
                return entries.find(key).flatMap(StateEntries.Entry::value).map(value -> json.read(value, type));
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(
                        "Expected '%s' of plugin '%s' to hold a %s. %s".formatted(key, plugin, type.getSimpleName(),
                                e.getMessage()),
                        e);
            }
        }

        @Override
        public OptionalLong version(String key) {
            return entries.find(key).map(entry -> OptionalLong.of(entry.version())).orElseGet(OptionalLong::empty);
        }

        @Override
        public void put(String key, byte[] value) throws InterruptedException {
            requireKey(key);
            requireRoom(key, value.length);
            write(key, value.clone());
        }

        @Override
        public void put(String key, Record value) throws InterruptedException {
            put(key, json.write(value));
        }

        @Override
        public void remove(String key) throws InterruptedException {
            requireKey(key);
            write(key, null);
        }

        private void write(String key, byte @Nullable [] value) throws InterruptedException {
            long offset = writer.write(SharedState.key(plugin, key), value,
                    "'%s' of plugin '%s'".formatted(key, plugin));
            entries.wrote(key, Optional.ofNullable(value), offset);
        }

        private void requireKey(String key) {
            if (key.isEmpty() || key.length() > MAX_KEY) {
                throw new IllegalArgumentException(
                        "Expected a key of 1 to %d characters, but got %d".formatted(MAX_KEY, key.length()));
            }
        }

        private void requireRoom(String key, int size) {
            if (size > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "Expected '%s' to have at most %d bytes, but got %d".formatted(key, MAX_BYTES, size));
            }
            int keys = entries.keysWith(key);
            if (keys > MOST_KEYS) {
                throw new IllegalStateException(
                        "Expected plugin '%s' to have at most %d keys, but '%s' would be one more"
                                .formatted(plugin, MOST_KEYS, key));
            }
            long bytes = entries.bytesWith(key, size);
            if (bytes > MAX_TOTAL_BYTES) {
                throw new IllegalStateException(
                        "Expected plugin '%s' to have at most %d bytes in all its values, but with '%s' it would have %d"
                                .formatted(plugin, MAX_TOTAL_BYTES, key, bytes));
            }
        }
    }
}
