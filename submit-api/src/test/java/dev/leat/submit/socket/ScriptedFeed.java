package dev.leat.submit.socket;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.leat.submit.live.Feed;
import dev.leat.submit.live.FeedFilter;
import dev.leat.submit.live.FeedListener;
import dev.leat.submit.live.JobHappening;
import dev.leat.submit.live.LogPosition;
import dev.leat.submit.live.PositionGoneException;
import dev.leat.submit.live.Subscription;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** A feed that tells what a test says. Each happening is one place further in its log. Thread-safe. */
@Singleton
@Replaces(value = Feed.class, factory = SocketBeans.class)
@Requires(property = ScriptedFeed.WANTED)
class ScriptedFeed implements Feed {

    static final String WANTED = "leat.test.feed";

    private final List<JobHappening> log = new ArrayList<>();
    private final Set<Place> places = new LinkedHashSet<>();
    private LogPosition start = at(0);
    private int gone;

    static LogPosition at(long offset) {
        return LogPosition.BEGINNING.after("events", 0, offset - 1);
    }

    /** Where the next happening will stand. */
    synchronized LogPosition next() {
        return at(log.size() + 1L);
    }

    /** Where the log is now. */
    @Override
    public synchronized LogPosition shown() {
        return log.isEmpty() ? start : log.getLast().position();
    }

    synchronized void tell(JobHappening happening) {
        log.add(happening);
        List.copyOf(places).forEach(place -> place.tell(happening));
    }

    /** From now on, nobody can go on from a place that far back. */
    synchronized void forget() {
        gone = log.size();
    }

    /** As a feed that ends, or has no patience. */
    synchronized void cutAll() {
        List.copyOf(places).forEach(place -> place.listener.cut(shown()));
        places.clear();
    }

    synchronized int watchers() {
        return places.size();
    }

    @Override
    public synchronized Subscription watchAll(FeedFilter filter, Optional<LogPosition> since, FeedListener listener)
            throws PositionGoneException {
        LogPosition from = since.orElseGet(this::shown);
        int index = (int) from.next("events", 0);
        if (index < gone || index > log.size()) {
            throw new PositionGoneException("Expected a place from " + gone + " on, but got " + index);
        }
        Place place = new Place(from, listener);
        places.add(place);
        log.subList(index, log.size()).forEach(place::tell);
        return place;
    }

    private final class Place implements Subscription {

        private final LogPosition from;
        private final FeedListener listener;

        Place(LogPosition from, FeedListener listener) {
            this.from = from;
            this.listener = listener;
        }

        void tell(JobHappening happening) {
            if (places.contains(this) && !listener.offer(happening)) {
                places.remove(this);
                listener.cut(happening.position());
            }
        }

        @Override
        public LogPosition start() {
            return from;
        }

        @Override
        public void close() {
            synchronized (ScriptedFeed.this) {
                places.remove(this);
            }
        }
    }
}
