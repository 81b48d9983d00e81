package dev.leat.submit.live;

import java.time.Duration;
import java.util.Optional;

import dev.leat.domain.Json;
import dev.leat.domain.live.Happening;
import dev.leat.submit.live.EventStream.ReaderTooSlowException;
import dev.leat.submit.live.EventStream.Writer;

/** The events of one job: its state first, then what happens, and its end last. */
final class JobScript implements EventStream.Script {

    private final JobWatcher watcher;
    private final EventData data;
    private final Duration heartbeat;

    JobScript(JobWatcher watcher, EventData data, Duration heartbeat) {
        this.watcher = watcher;
        this.data = data;
        this.heartbeat = heartbeat;
    }

    @Override
    public void run(Writer writer) throws InterruptedException, ReaderTooSlowException {
        writer.begin();
        Optional<Json> state = watcher.state();
        if (state.isPresent()) {
            writer.event("state", watcher.position().toString(), state.get().value());
            if (watcher.isOver()) {
                writer.event(EventData.end(watcher.job().state()), watcher.position().toString(),
                        data.end(watcher.job()));
            }
        }
        while (!watcher.isOver()) {
            Optional<JobHappening> next = watcher.next(heartbeat);
            if (next.isPresent()) {
                writer.event(EventData.name(next.get()), next.get().position().toString(), data.data(next.get()));
            } else if (watcher.isCut()) {
                writer.event("cut", watcher.position().toString(), "{}");
                return;
            } else {
                writer.heartbeat(watcher.position().toString());
            }
        }
    }

    @Override
    public boolean isOverrun() {
        return watcher.isOverrun();
    }

    @Override
    public void close() {
        watcher.close();
    }
}
