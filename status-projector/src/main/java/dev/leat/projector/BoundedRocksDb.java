package dev.leat.projector;

import java.util.Map;

import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

import dev.leat.runtime.settings.DataSize;

/** Lets the stores of all partitions share one piece of memory; by itself each would take up to 100 MB. */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    /** The property of Kafka Streams under which the {@link Memory} is handed over. */
    static final String MEMORY = "leat.store.memory";

    /** The shared memory. Native: closed after the last store, by whoever made it. */
    static final class Memory implements AutoCloseable {

        private final Cache cache;
        private final WriteBufferManager writeBuffers;

        Memory(DataSize size) {
            RocksDB.loadLibrary();
            cache = new LRUCache(size.bytes());
            writeBuffers = new WriteBufferManager(size.bytes() / 2, cache);
        }

        @Override
        public void close() {
            writeBuffers.close();
            cache.close();
        }
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        if (!(configs.get(MEMORY) instanceof Memory memory)) {
            throw new IllegalStateException("Expected the memory of stores as " + MEMORY + ", but there is none");
        }
        options.setWriteBufferManager(memory.writeBuffers);
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            table.setBlockCache(memory.cache);
            table.setCacheIndexAndFilterBlocks(true);
            options.setTableFormatConfig(table);
        }
    }

    /** The memory outlives each store, so there is nothing to close with one. */
    @Override
    public void close(String storeName, Options options) {}
}
