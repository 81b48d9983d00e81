package dev.leat.projector.topology;

import java.time.InstantSource;
import java.util.Map;

import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import dev.leat.domain.JobId;
import dev.leat.domain.projection.Projection;
import dev.leat.projector.index.FoldSignals;
import dev.leat.projector.index.OwnedPartitions;
import dev.leat.projector.watch.CommittedOffsets;
import dev.leat.projector.watch.LaneDirectory;
import dev.leat.projector.watch.WorkerLeases;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;

/**
 * The one sub-topology of the projector.
 *
 * <pre>
 *   lanes, pending (by pattern) ─┐                     ┌─ decisions ────▶ events  ─▶ (and back in)
 *   events ──────────────────────┼─▶ jobs ⇄ stores ────┼─ requests ─────▶ control ─▶ (and back in)
 *   control ─────────────────────┘    jobs, logs, due, ├─ commands ─────▶ lanes   ─▶ (and back in)
 *                                      keys            ├─ notices ──────▶ notices
 *                                                      └─ dead-letters ─▶ dead-letter
 * </pre>
 *
 * All topics have the same partitions and the same key, so one task sees all of its jobs, and writes to its own
 * partition of each topic; but the key of a notice is that of the batch or schedule that is told, and that of a request
 * may be another job's, where jobs wait for each other.
 *
 * <p>The pattern always matches a topic, as pending is there from the start: a task of Kafka Streams forgets a source
 * whose pattern matches nothing when the task is made. The first lane would then be unknown to its topology, and the stream
 * thread would fail.
 */
public final class JobTopology {

    /** The name of the store that holds the jobs, key and value as in the changelog. */
    public static final String STORE = JobStore.NAME;
    /** The name of the store that holds their logs. */
    public static final String LOG_STORE = LogStore.NAME;
    /**
     * A job holds its parameters and its result, each of which may fill a record of its own topic. So the records of
     * the store are larger than those of any other topic may be.
     */
    public static final int MAX_JOB_BYTES = 24 << 20;

    static final String DECISIONS = "decisions";
    static final String REQUESTS = "requests";
    static final String COMMANDS = "commands";
    static final String NOTICES = "told-submitters";
    static final String DEAD_LETTERS = "dead-letters";

    private static final String JOBS = "jobs";
    private static final String[] SOURCES = {"queues", "events", "control"};

    /**
     * What the processors work with, all of it thread-safe.
     *
     * @param writtenBy this instance, as dead letters name it
     */
    public record Parts(Topics topics, Codecs codecs, JobPartitions partitions, RegistryPatience patience,
            Projection projection, LaneDirectory lanes, WorkerLeases leases, CommittedOffsets offsets,
            OwnedPartitions owned, FoldSignals<JobId> signals, ProjectorCounters counters, CommitPace pace,
            InstantSource clock, String writtenBy) {}

    private JobTopology() {}

    /** The topic that keeps what is in the store of jobs. */
    public static String changelog(String applicationId) {
        return changelog(applicationId, STORE);
    }

    /** The topic that keeps what is in a store, by the naming of Kafka Streams. */
    public static String changelog(String applicationId, String store) {
        return applicationId + "-" + store + "-changelog";
    }

    public static Topology of(Parts parts) {
        Topics topics = parts.topics();
        ByteArrayDeserializer reader = new ByteArrayDeserializer();
        ByteArraySerializer keys = new ByteArraySerializer();
        Serializer<Outgoing> values = Outgoing.serializer();
        return new Topology()
                .addSource(SOURCES[0], reader, reader, topics.commandPattern())
                .addSource(SOURCES[1], reader, reader, topics.events())
                .addSource(SOURCES[2], reader, reader, topics.control())
                .addProcessor(JOBS, () -> new JobProcessor(parts), SOURCES)
                .addStateStore(cachedStore(JobStore.NAME), JOBS)
                .addStateStore(cachedStore(LogStore.NAME), JOBS)
                .addStateStore(smallStore(DueStore.NAME), JOBS)
                .addStateStore(smallStore(KeyStore.NAME), JOBS)
                .addSink(DECISIONS, topics.events(), keys, values, JOBS)
                .addSink(REQUESTS, topics.control(), keys, values, JOBS)
                .addSink(COMMANDS, Outgoing.topicName(), keys, values, JOBS)
                .addSink(NOTICES, topics.notices(), keys, values, JOBS)
                .addSink(DEAD_LETTERS, topics.deadLetter(), keys, values, JOBS);
    }

    /** Cached, as the facts of a job come close together. */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> cachedStore(String name) {
        return Stores.keyValueStoreBuilder(ReclaimingStore.supplier(name), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_JOB_BYTES)));
    }

    /** Not cached: what is put in stays for long and is taken out once, and scans are the faster for it. */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> smallStore(String name) {
        return Stores.keyValueStoreBuilder(ReclaimingStore.supplier(name), Serdes.Bytes(), Serdes.ByteArray());
    }
}
