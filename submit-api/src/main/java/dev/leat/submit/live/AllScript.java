package dev.leat.submit.live;

import java.time.Duration;
import java.util.Optional;

import dev.leat.submit.live.EventStream.ReaderTooSlowException;
import dev.leat.submit.live.EventStream.Writer;

/** What happens to all jobs that match a filter. Has no end of its own. */
final class AllScript implements EventStream.Script {

    private final Listener listener;
    private final FeedFilter filter;
    private final LogPosition since;
    private final EventData data;
    private final Duration heartbeat;

    AllScript(Listener listener, FeedFilter filter, LogPosition since, EventData data, Duration heartbeat) {
        this.listener = listener;
        this.filter = filter;
        this.since = since;
        this.data = data;
        this.heartbeat = heartbeat;
    }

    @Override
    public void run(Writer writer) throws InterruptedException, ReaderTooSlowException {
        writer.begin();
        if (!listener.listen(filter, since, happening -> write(writer, happening))) {
            writer.event("reset", listener.position().toString(), "{}");
        }
        writer.heartbeat(listener.position().toString());
        while (!listener.isDrained()) {
            Optional<JobHappening> next = listener.next(heartbeat);
            if (next.isPresent()) {
                write(writer, next.get());
            } else if (!listener.isCut()) {
                writer.heartbeat(listener.position().toString());
            }
        }
        writer.event("cut", listener.position().toString(), "{}");
    }

    private void write(Writer writer, JobHappening happening) throws InterruptedException, ReaderTooSlowException {
        writer.event(EventData.name(happening), happening.position().toString(), data.data(happening));
    }

    @Override
    public boolean isOverrun() {
        return listener.isCut();
    }

    @Override
    public void close() {
        listener.close();
    }
}
