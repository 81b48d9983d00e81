package dev.leat.submit.live;

import java.util.function.IntSupplier;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.submit.ApiOptions;
import dev.leat.submit.status.ProjectorClient;

/** All that an API has to tell people live. Reads nothing before somebody watches. Thread-safe; closed once. */
public final class Live implements AutoCloseable {

    private static final String JOBS = "/api/v1/jobs";

    private final LogTail tail;
    private final GapReader gaps;
    private final LineFeed feed;
    private final EventStreams streams;

    private Live(LogTail tail, GapReader gaps, LineFeed feed, EventStreams streams) {
        this.tail = tail;
        this.gaps = gaps;
        this.feed = feed;
        this.streams = streams;
    }

    /**
     * Makes what an API needs.
     *
     * @param partitions how many each topic has, once Kafka has answered
     */
    public static Live of(KafkaClients clients, Topics topics, Codecs codecs, IntSupplier partitions,
            ProjectorClient projectors, Settings settings, ObjectMapper json) {
        FactReader reader = new FactReader(topics, codecs, partitions);
        LogTail tail = new LogTail(clients, reader);
        GapReader gaps = new GapReader(clients, reader, settings.get(ApiOptions.LIVE_MAX_GAP));
        JobWatcher.Parts parts = new JobWatcher.Parts(tail, gaps, new Folds(projectors, codecs.jobs(), reader, json),
                reader, settings.get(ApiOptions.LIVE_QUEUE));
        LineFeed feed = new LineFeed(parts);
        return new Live(tail, gaps, feed, new EventStreams(parts, feed, new EventData(json, JOBS),
                settings.get(ApiOptions.LIVE_HEARTBEAT)));
    }

    /** Tells of all jobs. */
    public Feed feed() {
        return feed;
    }

    public EventStreams streams() {
        return streams;
    }

    /** Ends all streams, whose clients go on elsewhere, and the reading. */
    @Override
    public void close() {
        feed.close();
        tail.close();
        gaps.close();
    }
}
