package dev.leat.projector.topology;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.JobId;

/** Which job of one task has which key; names and ids are text in UTF-8. For the task's stream thread. */
final class KeyStore {

    static final String NAME = "keys";

    private final KeyValueStore<Bytes, byte[]> store;

    KeyStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    void hold(String key, JobId holder) {
        store.put(name(key), holder.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Does nothing where the key is another's. */
    void free(String key, JobId holder) {
        if (holderOf(key).filter(holder::equals).isPresent()) {
            store.delete(name(key));
        }
    }

    Optional<JobId> holderOf(String key) {
        byte @Nullable [] holder = store.get(name(key));
        return holder == null
                ? Optional.empty()
                : Optional.of(JobId.parse(new String(holder, StandardCharsets.UTF_8)));
    }

    private static Bytes name(String key) {
        return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
    }
}
