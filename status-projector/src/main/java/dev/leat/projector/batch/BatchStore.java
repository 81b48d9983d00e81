package dev.leat.projector.batch;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchId;
import dev.leat.projector.topology.RegistryPatience;
import dev.leat.schemas.Codec;

/** The batches of one task. For the task's stream thread. */
final class BatchStore {

    private final KeyValueStore<Bytes, byte[]> store;
    private final String changelog;
    private final Codec<Batch> codec;
    private final RegistryPatience patience;

    /** @param changelog the topic that the values are encoded for */
    BatchStore(KeyValueStore<Bytes, byte[]> store, String changelog, Codec<Batch> codec, RegistryPatience patience) {
        this.store = store;
        this.changelog = changelog;
        this.codec = codec;
        this.patience = patience;
    }

    static Bytes key(BatchId id) {
        return Bytes.wrap(id.toString().getBytes(StandardCharsets.UTF_8));
    }

    Optional<Batch> find(BatchId id) {
        byte @Nullable [] value = store.get(key(id));
        return value == null ? Optional.empty() : Optional.of(decode(value));
    }

    void save(Batch batch) {
        store.put(key(batch.id()),
                patience.until("write batch " + batch.id() + " to its store", () -> codec.encode(changelog, batch)));
    }

    void delete(BatchId id) {
        store.delete(key(id));
    }

    void forEach(Consumer<Batch> action) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            entries.forEachRemaining(entry -> action.accept(decode(entry.value)));
        }
    }

    private Batch decode(byte[] value) {
        return patience.until("read a batch of its store", () -> codec.decode(changelog, value)).orElseThrow();
    }
}
