package dev.leat.projector.topology;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.schemas.Codec;

/**
 * The jobs of one task. The store itself holds bytes, so that a schema registry that is away is waited for here, with
 * a bound, and not met by surprise in a flush.
 *
 * <p>Invariant: what is remembered is what the store holds. Where a transaction is undone, the task ends and this object
 * with it. For the task's stream thread.
 */
final class JobStore {

    /** The store's name; Kafka Streams makes the name of its changelog from it. */
    static final String NAME = "jobs";

    /** How many jobs are remembered as they were written last, and how large their bytes may be: 2 MiB of bytes a task. */
    private static final int REMEMBERED = 500;
    private static final int REMEMBERED_BYTES = 4_096;

    /** Leaves room for what Kafka adds to a record. */
    private static final int MAX_BYTES = JobTopology.MAX_JOB_BYTES - 2_048;

    private final KeyValueStore<Bytes, byte[]> store;
    private final String changelog;
    private final Codec<Job> codec;
    private final RegistryPatience patience;
    /** The facts of a job come close together: what was written is mostly read again while it is here. */
    private final Map<JobId, Job> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, Job> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param changelog the topic that the values are encoded for, so that any reader of Avro can read it */
    JobStore(KeyValueStore<Bytes, byte[]> store, String changelog, Codec<Job> codec, RegistryPatience patience) {
        this.store = store;
        this.changelog = changelog;
        this.codec = codec;
        this.patience = patience;
    }

    static Bytes key(JobId id) {
        return Bytes.wrap(id.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The job, unknown as it may be. */
    Job load(JobId id) {
        @Nullable
        Job known = remembered.get(id);
        if (known != null) {
            return known;
        }
        byte @Nullable [] value = store.get(key(id));
        return value == null ? Job.unknown(id) : decode(value);
    }

    /** @throws JobTooLargeException where the changelog would not take it; nothing has been written then */
    void save(Job job) {
        byte[] value = patience.until("write " + job.id() + " to its store", () -> codec.encode(changelog, job));
        if (value.length > MAX_BYTES) {
            throw new JobTooLargeException(job.id(), value.length, MAX_BYTES);
        }
        store.put(key(job.id()), value);
        if (value.length <= REMEMBERED_BYTES) {
            remembered.put(job.id(), job);
        } else {
            remembered.remove(job.id());
        }
    }

    void delete(JobId id) {
        remembered.remove(id);
        store.delete(key(id));
    }

    void forEach(Consumer<Job> action) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                action.accept(decode(entry.value));
            }
        }
    }

    private Job decode(byte[] value) {
        Optional<Job> job = patience.until("read a job of its store", () -> codec.decode(changelog, value));
        return job.orElseThrow();
    }
}
