package dev.leat.worker.shared;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.JobTypeName;
import dev.leat.runtime.kafka.RecordHandler;

/**
 * This worker's copy of what plugins share, made from the topic that holds it. It has all plugins, so that one that comes
 * to be hosted finds its state.
 *
 * <p>A record's key is {@code plugin/key}, its value what the plugin has put, a tombstone takes the key away. Thread-safe;
 * {@link #handle} is for the one thread that reads the topic.
 */
public final class SharedState implements RecordHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SharedState.class);
    private static final char SEPARATOR = '/';

    private final Map<String, StateEntries> plugins = new ConcurrentHashMap<>();

    @Override
    public void handle(ConsumerRecord<byte[], byte[]> source) {
        String key = source.key() == null ? "" : new String(source.key(), StandardCharsets.UTF_8);
        int end = key.indexOf(SEPARATOR);
        if (end < 0 || !JobTypeName.isPluginId(key.substring(0, end))) {
            LOG.warn("Expected the key plugin/key at {}-{}@{}, but passed it over", source.topic(), source.partition(),
                    source.offset());
            return;
        }
        of(key.substring(0, end)).read(key.substring(end + 1), Optional.ofNullable(source.value()), source.offset());
    }

    /** The key of a plugin's entry in the topic. */
    static byte[] key(String plugin, String key) {
        return (plugin + SEPARATOR + key).getBytes(StandardCharsets.UTF_8);
    }

    StateEntries of(String plugin) {
        return plugins.computeIfAbsent(plugin, _ -> new StateEntries());
    }
}
