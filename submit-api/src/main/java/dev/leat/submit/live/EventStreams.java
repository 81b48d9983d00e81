package dev.leat.submit.live;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.micronaut.core.io.buffer.ByteArrayBufferFactory;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.stream.BodySizeLimits;
import io.micronaut.http.simple.SimpleHttpHeaders;

import dev.leat.domain.JobId;
import dev.leat.domain.Json;
import dev.leat.domain.batch.BatchId;

/** Makes the bodies of responses with server-sent events. Thread-safe; callers block. */
public final class EventStreams {

    private static final ByteBodyFactory BODIES = ByteBodyFactory.createDefault(ByteArrayBufferFactory.INSTANCE);

    /** Of many jobs, a reading of the log brings so much more than of one. */
    private static final int OF_MANY = 16;

    private final JobWatcher.Parts parts;
    private final Feed feed;
    private final EventData data;
    private final Duration heartbeat;

    /** Shows a batch as it is; empty where it is not there any more. */
    @FunctionalInterface
    public interface ShownBatch {
        Optional<Map<String, Json>> show();
    }

    /** What a stream is begun with. */
    public sealed interface Begun {

        /** Events, until the stream ends. */
        record Events(CloseableByteBody body) implements Begun {}

        /** Everything had been told. */
        record Over() implements Begun {}

        /** There is nothing to watch. */
        record Missing() implements Begun {}
    }

    EventStreams(JobWatcher.Parts parts, Feed feed, EventData data, Duration heartbeat) {
        this.parts = parts;
        this.feed = feed;
        this.data = data;
        this.heartbeat = heartbeat;
    }

    /**
     * What happens to a job.
     *
     * @param since the id of the last event that the client has; empty to begin with the job as it is
     * @throws dev.leat.runtime.http.ProblemException 503 where Kafka or the projectors do not answer
     */
    public Begun job(JobId id, Optional<LogPosition> since) {
        Optional<JobWatcher> watcher = JobWatcher.open(parts, id, since);
        if (watcher.isEmpty()) {
            return new Begun.Missing();
        }
        if (watcher.get().isOver() && watcher.get().state().isEmpty()) {
            watcher.get().close();
            return new Begun.Over();
        }
        return events(new JobScript(watcher.get(), data, heartbeat));
    }

    /**
     * What happens to all jobs that match.
     *
     * @param since the id of the last event that the client has; empty to begin with what comes next
     * @throws dev.leat.runtime.http.ProblemException 503 where Kafka or the projectors do not answer
     */
    public Begun all(FeedFilter filter, Optional<LogPosition> since) {
        return events(new AllScript(new Listener(feed, roomOfMany()), filter, since.orElseGet(feed::shown), data,
                heartbeat));
    }

    /**
     * What happens to a batch and its operations.
     *
     * @param batch shows the batch as it is; empty where it is not there any more
     * @param since the id of the last event that the client has; empty to begin with the batch as it is
     * @throws dev.leat.runtime.http.ProblemException 503 where Kafka or the projectors do not answer
     */
    public Begun batch(BatchId id, ShownBatch batch, Optional<LogPosition> since) {
        if (since.filter(BatchScript::isEnd).isPresent()) {
            return new Begun.Over();
        }
        LogPosition start = since.orElseGet(feed::shown);
        Optional<Map<String, Json>> first = batch.show();
        return first.isEmpty()
                ? new Begun.Missing()
                : events(new BatchScript(new Listener(feed, roomOfMany()), FeedFilter.of(id),
                        new BatchScript.Begin(start, since.isEmpty() ? first : Optional.empty()), batch,
                        new BatchScript.Form(data, heartbeat)));
    }

    private int roomOfMany() {
        return parts.room() * OF_MANY;
    }

    /** A stream that ends at once, and says when to come back. */
    public Begun none() {
        return events(new EventStream.Script() {
            @Override
            public void run(EventStream.Writer writer)
                    throws InterruptedException, EventStream.ReaderTooSlowException {
                writer.begin();
            }

            @Override
            public boolean isOverrun() {
                return false;
            }

            @Override
            public void close() {
                // holds nothing
            }
        });
    }

    private static Begun events(EventStream.Script script) {
        // Where the client is gone before the body is written, nobody subscribes to it.
        return new Begun.Events(BODIES.adapt(new EventStream(script), BodySizeLimits.UNLIMITED,
                new SimpleHttpHeaders(ConversionService.SHARED), script::close));
    }
}
