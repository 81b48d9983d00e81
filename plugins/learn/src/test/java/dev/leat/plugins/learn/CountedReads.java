package dev.leat.plugins.learn;

import dev.leat.plugin.PluginState;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often a value is asked for. Thread-safe. */
final class CountedReads implements PluginState {

    private final PluginState state;
    private final AtomicInteger reads = new AtomicInteger();

    CountedReads(PluginState state) {
        this.state = state;
    }

    int reads() {
        return reads.get();
    }

    @Override
    public Optional<byte[]> get(String key) {
        reads.incrementAndGet();
        return state.get(key);
    }

    @Override
    public <S extends Record> Optional<S> get(String key, Class<S> type) {
        reads.incrementAndGet();
        return state.get(key, type);
    }

    @Override
    public OptionalLong version(String key) {
        return state.version(key);
    }

    @Override
    public void put(String key, byte[] value) throws InterruptedException {
        state.put(key, value);
    }

    @Override
    public void put(String key, Record value) throws InterruptedException {
        state.put(key, value);
    }

    @Override
    public void remove(String key) throws InterruptedException {
        state.remove(key);
    }
}
