package dev.leat.projector.topology;

import java.io.File;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.RocksDBStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A RocksDB store that closes an earlier one of the same folder before it is opened.
 *
 * <p>Kafka Streams 4.3.1 loses open stores where it fails to make a standby the active task: the topology of a standby
 * knows the topics that were there when it was made, so one that has to read a lane of a later plugin fails, as {@code
 * Topic … is unknown to the topology}. Its stores stay open, and RocksDB's lock on them would keep every later task of this
 * process out, so that the instance would be lost for its partitions until its process ends.
 *
 * <p>Invariant: what is closed is nobody's. Kafka Streams opens a store under its own lock of the task's folder, and gives
 * that lock back only when it holds the task no longer. Otherwise as thread-safe as any store of Kafka Streams.
 */
final class ReclaimingStore extends RocksDBStore {

    private static final Logger LOG = LoggerFactory.getLogger(ReclaimingStore.class);
    private static final String METRICS_SCOPE = "rocksdb";

    private final ConcurrentMap<File, RocksDBStore> opened;

    private ReclaimingStore(String name, ConcurrentMap<File, RocksDBStore> opened) {
        super(name, METRICS_SCOPE);
        this.opened = opened;
    }

    /** Makes the stores of one name for all tasks of an instance. */
    static KeyValueBytesStoreSupplier supplier(String name) {
        return new Supplier(name, new ConcurrentHashMap<>());
    }

    private record Supplier(String name, ConcurrentMap<File, RocksDBStore> opened)
            implements
                KeyValueBytesStoreSupplier {

        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return new ReclaimingStore(name, opened);
        }

        @Override
        public String metricsScope() {
            return METRICS_SCOPE;
        }
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        @Nullable
        RocksDBStore earlier = opened.put(context.stateDir(), this);
        if (earlier != null && !earlier.equals(this) && earlier.isOpen()) {
            LOG.info("Closes store {} of task {}, which an earlier task has left open", name(), context.taskId());
            earlier.close();
        }
        super.init(context, root);
    }

    @Override
    public synchronized void close() {
        super.close();
        opened.values().remove(this);
    }
}
