package dev.leat.projector.schedule;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

import dev.leat.domain.schedule.ScheduleId;
import dev.leat.projector.index.FoldSignals;
import dev.leat.projector.batch.BatchTopology;
import dev.leat.projector.topology.JobTopology;
import dev.leat.projector.topology.Outgoing;
import dev.leat.schemas.Topics;

/**
 * The sub-topology of schedules.
 *
 * <pre>
 *   schedules ─┐                        ┌─ commands ─────▶ pending   (keyed by the job's id)
 *   notices ───┴─▶ schedules ⇄ store ───┼─ requests ─────▶ control   (keyed by the job's id)
 *                                       ├─ orders ───────▶ batch-orders (keyed by the batch's id)
 *                                       └─ dead-letters ─▶ dead-letter
 * </pre>
 *
 * What comes in is keyed by the schedule's id, so one task sees all of its schedules; their jobs and batches are
 * anybody's.
 */
public final class ScheduleTopology {

    /** The name of the store that holds the schedules. */
    public static final String STORE = "schedules";
    static final String COMMANDS = "scheduled-commands";
    static final String REQUESTS = "schedule-requests";
    static final String ORDERS = "schedule-orders";
    static final String DEAD_LETTERS = "schedule-dead-letters";

    private static final String REVISIONS = "schedule-revisions";
    private static final String SCHEDULES = "schedules";

    /**
     * What the processors work with, all of it thread-safe.
     *
     * @param owned the partitions of schedules that this instance has
     * @param signals lets readers wait for changes
     */
    public record Parts(JobTopology.Parts shared, OwnedSchedules owned, FoldSignals<ScheduleId> signals) {}

    private ScheduleTopology() {}

    /** The topic that keeps what is in the store, by the naming of Kafka Streams. */
    static String changelog(String applicationId) {
        return applicationId + "-" + STORE + "-changelog";
    }

    /** Adds the sub-topology; the source of notices has been added. */
    public static Topology addTo(Topology topology, Parts parts) {
        Topics topics = parts.shared().topics();
        ByteArrayDeserializer reader = new ByteArrayDeserializer();
        ByteArraySerializer keys = new ByteArraySerializer();
        Serializer<Outgoing> values = Outgoing.serializer();
        return topology.addSource(REVISIONS, reader, reader, topics.schedules())
                .addProcessor(SCHEDULES, () -> new ScheduleProcessor(parts), REVISIONS, BatchTopology.NOTICES)
                .addStateStore(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.Bytes(),
                        Serdes.ByteArray()), SCHEDULES)
                .addSink(COMMANDS, topics.pending(), keys, values, SCHEDULES)
                .addSink(REQUESTS, topics.control(), keys, values, SCHEDULES)
                .addSink(ORDERS, topics.batchOrders(), keys, values, SCHEDULES)
                .addSink(DEAD_LETTERS, topics.deadLetter(), keys, values, SCHEDULES);
    }
}
