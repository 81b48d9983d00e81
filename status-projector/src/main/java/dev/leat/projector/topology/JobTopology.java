package dev.leat.projector.topology;

import java.time.InstantSource;
import java.util.Map;

import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import dev.leat.projector.index.FoldSignals;
import dev.leat.projector.index.OwnedPartitions;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;

/**
 * The one sub-topology of the projector.
 *
 * <pre>
 *   lanes (by pattern) ─┐                   ┌─ decisions ──▶ events ─▶ (and back in)
 *   events ─────────────┼─▶ jobs ⇄ store ───┤
 *   control ────────────┘                   └─ dead-letters ─▶ dead-letter
 * </pre>
 *
 * All topics have the same partitions and the same key, so one task sees all facts of its jobs.
 */
public final class JobTopology {

    /** The name of the store that holds the jobs, key and value as in the changelog. */
    public static final String STORE = JobStore.NAME;
    /**
     * A job holds its parameters and its result, each of which may fill a record of its own topic. So the records of
     * the store are larger than those of any other topic may be.
     */
    public static final int MAX_JOB_BYTES = 24 << 20;

    static final String DECISIONS = "decisions";
    static final String DEAD_LETTERS = "dead-letters";

    private static final String JOBS = "jobs";
    private static final String[] SOURCES = {"lanes", "events", "control"};

    /**
     * What the processors work with, all of it thread-safe.
     *
     * @param writtenBy this instance, as dead letters name it
     */
    public record Parts(Topics topics, Codecs codecs, JobPartitions partitions, RegistryPatience patience,
            OwnedPartitions owned, FoldSignals signals, ProjectorCounters counters, InstantSource clock,
            String writtenBy) {}

    private JobTopology() {}

    /** The topic that keeps what is in the store, by the naming of Kafka Streams. */
    public static String changelog(String applicationId) {
        return applicationId + "-" + STORE + "-changelog";
    }

    public static Topology of(Parts parts) {
        Topics topics = parts.topics();
        ByteArrayDeserializer reader = new ByteArrayDeserializer();
        ByteArraySerializer writer = new ByteArraySerializer();
        return new Topology()
                .addSource(SOURCES[0], reader, reader, topics.lanePattern())
                .addSource(SOURCES[1], reader, reader, topics.events())
                .addSource(SOURCES[2], reader, reader, topics.control())
                .addProcessor(JOBS, () -> new JobProcessor(parts), SOURCES)
                .addStateStore(store(), JOBS)
                .addSink(DECISIONS, topics.events(), writer, writer, JOBS)
                .addSink(DEAD_LETTERS, topics.deadLetter(), writer, writer, JOBS);
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_JOB_BYTES)));
    }
}
