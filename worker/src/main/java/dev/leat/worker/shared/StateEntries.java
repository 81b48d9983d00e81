package dev.leat.worker.shared;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The entries of one plugin. Each carries the offset of its record; a key's records share a partition, so a higher offset
 * is a later change.
 *
 * <p>Invariant: an entry is what the record with the highest offset says that was written here or read. A change that was
 * made here counts before it is read; until then, a key that was taken away is kept as such, or earlier records that are
 * still to be read would bring it back.
 *
 * <p>Thread-safe; all of it is guarded by this.
 */
final class StateEntries {

    private final Map<String, Entry> entries = new HashMap<>();
    private int keys;
    private long bytes;

    /** What the last record of a key says. */
    record Entry(Optional<byte[]> value, long version) {
        private int size() {
            return value.map(present -> present.length).orElse(0);
        }
    }

    /** The key's entry; empty where it has no value. The bytes are not to be changed. */
    synchronized Optional<Entry> find(String key) {
        return Optional.ofNullable(entries.get(key)).filter(entry -> entry.value().isPresent());
    }

    /** Takes a change that was made here and acknowledged. */
    synchronized void wrote(String key, Optional<byte[]> value, long offset) {
        replace(key, new Entry(value, offset));
    }

    /** Takes a change that was read. */
    synchronized void read(String key, Optional<byte[]> value, long offset) {
        replace(key, new Entry(value, offset));
        Entry now = entries.get(key);
        if (now != null && now.value().isEmpty() && now.version() <= offset) {
            entries.remove(key);
        }
    }

    private void replace(String key, Entry next) {
        Optional<Entry> before = Optional.ofNullable(entries.get(key));
        if (before.filter(known -> known.version() >= next.version()).isPresent()) {
            return;
        }
        entries.put(key, next);
        keys += count(next) - before.map(StateEntries::count).orElse(0);
        bytes += next.size() - before.map(Entry::size).orElse(0);
    }

    private static int count(Entry entry) {
        return entry.value().isPresent() ? 1 : 0;
    }

    /** How many keys there would be if this one had a value. */
    synchronized int keysWith(String key) {
        return keys + (find(key).isPresent() ? 0 : 1);
    }

    /** How many bytes all values would take if this key's had that size. */
    synchronized long bytesWith(String key, int size) {
        return bytes + size - find(key).map(Entry::size).orElse(0);
    }
}
