package dev.leat.projector.batch;

import java.time.Duration;
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

import dev.leat.domain.batch.BatchFlow;
import dev.leat.domain.batch.BatchId;
import dev.leat.projector.index.FoldSignals;
import dev.leat.projector.topology.JobTopology;
import dev.leat.projector.topology.Outgoing;
import dev.leat.schemas.Topics;

/**
 * The sub-topology of batches, beside that of jobs.
 *
 * <pre>
 *   batches ─┐                        ┌─ commands ─────▶ lanes, pending
 *   notices ─┴─▶ batches ⇄ stores ────┼─ requests ─────▶ control
 *                                     ├─ ends ─────────▶ notices
 *                batches, members     └─ dead-letters ─▶ dead-letter
 * </pre>
 *
 * The key is that of the batch, so one task sees to the whole of it. What it writes goes to the partitions of its jobs,
 * which other tasks may have; they tell it by notices how the jobs have ended.
 */
public final class BatchTopology {

    /** The name of the store that holds the batches, key and value as in the changelog. */
    public static final String BATCHES = "batches";
    /** The name of the store that holds their operations. */
    public static final String MEMBERS = "members";
    /** The source of notices. Whoever else reads them gets them from here, as a topic has one source. */
    public static final String NOTICES = "notices";

    static final String COMMANDS = "batch-commands";
    static final String REQUESTS = "batch-requests";
    static final String ENDS = "batch-ends";
    static final String DEAD_LETTERS = "batch-dead-letters";

    /** After those of the sources of jobs in the order of names, by which Kafka Streams numbers the sub-topologies. */
    private static final String OPENED = "opened-batches";
    private static final String PROCESSOR = "batch-flow";

    /**
     * What the processor works with, all of it thread-safe.
     *
     * @param retention how long a batch is kept when it has ended
     */
    public record Parts(JobTopology.Parts shared, BatchFlow flow, Duration retention, OwnedBatches owned,
            FoldSignals<BatchId> signals) {}

    private BatchTopology() {}

    /** The topic that keeps what is in a store, by the naming of Kafka Streams. */
    public static String changelog(String applicationId, String store) {
        return applicationId + "-" + store + "-changelog";
    }

    /** Adds the source of notices, to which any processor may be connected. */
    public static void addNotices(Topology topology, Topics topics) {
        ByteArrayDeserializer reader = new ByteArrayDeserializer();
        topology.addSource(NOTICES, reader, reader, topics.notices());
    }

    /** Adds all else; the source of notices is there. */
    public static void addTo(Topology topology, Parts parts) {
        Topics topics = parts.shared().topics();
        ByteArrayDeserializer reader = new ByteArrayDeserializer();
        ByteArraySerializer keys = new ByteArraySerializer();
        Serializer<Outgoing> values = Outgoing.serializer();
        topology.addSource(OPENED, reader, reader, topics.batches())
                .addProcessor(PROCESSOR, () -> new BatchProcessor(parts), OPENED, NOTICES)
                .addStateStore(batchStore(), PROCESSOR)
                .addStateStore(memberStore(), PROCESSOR)
                .addSink(COMMANDS, Outgoing.topicName(), keys, values, PROCESSOR)
                .addSink(REQUESTS, topics.control(), keys, values, PROCESSOR)
                .addSink(ENDS, topics.notices(), keys, values, PROCESSOR)
                .addSink(DEAD_LETTERS, topics.deadLetter(), keys, values, PROCESSOR);
    }

    /** Cached, as a batch changes with each of its operations. */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> batchStore() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(BATCHES), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    /** Not cached: an operation changes twice, and questions about ranges see what is in the store itself. */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> memberStore() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(MEMBERS), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(JobTopology.MAX_JOB_BYTES)));
    }
}
