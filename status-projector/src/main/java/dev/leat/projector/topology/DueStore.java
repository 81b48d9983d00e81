package dev.leat.projector.topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The due index of one task: what is to be done about its jobs, in the order of the times.
 *
 * <p>What is deleted stays in the way of a scan until RocksDB has compacted it, so a mark is kept in memory from which
 * scans begin. Invariant: of what this version understands, nothing that lies before the mark is still there. A task that
 * begins starts at the very front.
 *
 * <p>For the task's stream thread.
 */
final class DueStore {

    static final String NAME = "due";

    private static final byte[] PRESENT = {1};
    private static final @Nullable Bytes OPEN = null;

    private final KeyValueStore<Bytes, byte[]> store;
    private Bytes mark = DueEntry.endOf(Instant.MIN);
    private Optional<Instant> next;

    DueStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        this.next = first();
    }

    void schedule(DueEntry entry) {
        Bytes key = entry.toKey();
        store.put(key, PRESENT);
        if (key.compareTo(mark) < 0) {
            mark = key;
        }
        next = next.filter(earlier -> !entry.at().isBefore(earlier)).or(() -> Optional.of(entry.at()));
    }

    /** When the first entry is due; empty where there is none. */
    Optional<Instant> next() {
        return next;
    }

    /** Takes out what is due, the oldest first. Fewer than {@code most} say that this was all. */
    List<DueEntry> take(Instant now, int most) {
        Bytes end = DueEntry.endOf(now);
        if (mark.compareTo(end) >= 0) {
            return List.of();
        }
        List<DueEntry> taken = new ArrayList<>();
        boolean all = scan(end, most, taken);
        taken.forEach(entry -> store.delete(entry.toKey()));
        mark = all ? end : taken.getLast().toKey();
        next = all ? first() : Optional.of(taken.getLast().at());
        return taken;
    }

    /** Whether it has come to the end. What a newer version has written stays where it is, for that version. */
    private boolean scan(Bytes end, int most, List<DueEntry> taken) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(mark, end)) {
            while (entries.hasNext()) {
                if (taken.size() == most) {
                    return false;
                }
                DueEntry.parse(entries.next().key).ifPresent(taken::add);
            }
            return true;
        }
    }

    private Optional<Instant> first() {
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(mark, OPEN)) {
            while (entries.hasNext()) {
                Optional<DueEntry> entry = DueEntry.parse(entries.next().key);
                if (entry.isPresent()) {
                    return entry.map(DueEntry::at);
                }
            }
            return Optional.empty();
        }
    }
}
