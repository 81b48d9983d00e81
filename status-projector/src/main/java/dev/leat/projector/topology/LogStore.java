package dev.leat.projector.topology;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.JobId;
import dev.leat.domain.JobLog;
import dev.leat.schemas.Codec;

/**
 * The logs of one task's jobs, beside the jobs and not in them: most facts change a job and not its log. For the task's
 * stream thread.
 */
final class LogStore {

    /** The store's name; Kafka Streams makes the name of its changelog from it. */
    static final String NAME = "logs";

    private final KeyValueStore<Bytes, byte[]> store;
    private final String changelog;
    private final Codec<JobLog> codec;
    private final RegistryPatience patience;

    /** @param changelog the topic that the values are encoded for, so that any reader of Avro can read it */
    LogStore(KeyValueStore<Bytes, byte[]> store, String changelog, Codec<JobLog> codec, RegistryPatience patience) {
        this.store = store;
        this.changelog = changelog;
        this.codec = codec;
        this.patience = patience;
    }

    /** The job's log, empty as it may be. */
    JobLog load(JobId id) {
        byte @Nullable [] value = store.get(JobStore.key(id));
        return value == null
                ? JobLog.EMPTY
                : patience.until("read a log of its store", () -> codec.decode(changelog, value)).orElseThrow();
    }

    void save(JobId id, JobLog log) {
        byte[] value = patience.until("write the log of " + id + " to its store", () -> codec.encode(changelog, log));
        store.put(JobStore.key(id), value);
    }

    void delete(JobId id) {
        store.delete(JobStore.key(id));
    }
}
