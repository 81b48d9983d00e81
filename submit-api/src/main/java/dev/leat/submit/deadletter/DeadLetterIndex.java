package dev.leat.submit.deadletter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.leat.domain.CommandPosition;
import dev.leat.schemas.Redrive;
import dev.leat.schemas.Topics;

/**
 * The newest dead letters, without their content, and which of them were sent back. Markers are understood and not
 * shown. Taking in a record twice changes nothing. Thread-safe.
 */
public final class DeadLetterIndex {

    private final Topics topics;
    private final int max;
    /** Guarded by this. */
    private final NavigableMap<DeadLetterPlace, DeadLetterEntry> newestFirst = new TreeMap<>();
    /** Guarded by this. The keys of the other map. */
    private final Map<DeadLetterId, DeadLetterPlace> places = new HashMap<>();

    /**
     * A page of a list.
     *
     * @param next the cursor of the page behind it; empty on the last one
     */
    public record Page(List<DeadLetterEntry> entries, Optional<DeadLetterPlace> next) {

        public Page {
            entries = List.copyOf(entries);
        }
    }

    /** @param max how many dead letters are kept; older ones are forgotten */
    public DeadLetterIndex(Topics topics, int max) {
        this.topics = topics;
        this.max = max;
    }

    /** Takes in a record of the dead-letter topic, in the order of its partition. */
    public void apply(ConsumerRecord<byte[], byte[]> rawRecord) {
        Optional<CommandPosition> redriven = Redrive.letterOf(rawRecord);
        if (redriven.isPresent()) {
            markRedriven(DeadLetterId.of(redriven.get()), Instant.ofEpochMilli(rawRecord.timestamp()));
        } else {
            add(DeadLetterEntry.of(rawRecord));
        }
    }

    private synchronized void add(DeadLetterEntry entry) {
        if (entry.place().equals(places.get(entry.id()))) {
            return;
        }
        remove(entry.id());
        newestFirst.put(entry.place(), entry);
        places.put(entry.id(), entry.place());
        if (newestFirst.size() > max) {
            remove(newestFirst.lastKey().id());
        }
    }

    /** Says that a dead letter was sent back; does nothing where it is not known. */
    synchronized void markRedriven(DeadLetterId id, Instant at) {
        Optional.ofNullable(places.get(id))
                .ifPresent(place -> newestFirst.computeIfPresent(place, (_, entry) -> entry.redriven(at)));
    }

    /** Forgets a dead letter, as it is not on the topic any more. */
    synchronized void remove(DeadLetterId id) {
        Optional.ofNullable(places.remove(id)).ifPresent(newestFirst::remove);
    }

    synchronized Optional<DeadLetterEntry> find(DeadLetterId id) {
        return Optional.ofNullable(places.get(id)).map(newestFirst::get);
    }

    /** The newest that match, at most {@code limit}, from the first one behind {@code cursor}. */
    synchronized Page page(DeadLetterFilter filter, Optional<DeadLetterPlace> cursor, int limit) {
        Collection<DeadLetterEntry> behind = cursor.map(last -> newestFirst.tailMap(last, false))
                .orElse(newestFirst)
                .values();
        Iterator<DeadLetterEntry> matching = behind.stream().filter(entry -> filter.matches(entry, topics)).iterator();
        List<DeadLetterEntry> page = new ArrayList<>();
        while (page.size() < limit && matching.hasNext()) {
            page.add(matching.next());
        }
        return new Page(page,
                matching.hasNext() ? Optional.of(page.getLast().place()) : Optional.empty());
    }

    /** All that match. */
    List<DeadLetterEntry> all(DeadLetterFilter filter) {
        return page(filter, Optional.empty(), Integer.MAX_VALUE).entries();
    }
}
