package dev.leat.submit.live;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.Json;
import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.live.EventStream.ReaderTooSlowException;
import dev.leat.submit.live.EventStream.Writer;

/**
 * The events of one batch: its state first, then what happens to its operations, its progress at most four times a
 * second, and its end last, when all of its operations have been told of.
 */
final class BatchScript implements EventStream.Script {

    private static final Duration BETWEEN = Duration.ofMillis(250);
    /** How often to look whether a batch of which nothing is heard has ended. */
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** No topic: in the id of the last event, so that nobody comes back for more. */
    private static final String END = "end";

    private final Listener listener;
    private final FeedFilter filter;
    private final Begin begin;
    private final EventStreams.ShownBatch batch;
    private final Form form;
    private Map<String, Json> shown = Map.of();
    private long shownAt;
    private long wroteAt;
    private boolean moved;

    /**
     * Where to begin.
     *
     * @param since the place in the log
     * @param state what to show first; empty for who goes on
     */
    record Begin(LogPosition since, Optional<Map<String, Json>> state) {}

    /** How it looks, and how often it says that it lives. */
    record Form(EventData data, Duration heartbeat) {}

    BatchScript(Listener listener, FeedFilter filter, Begin begin, EventStreams.ShownBatch batch, Form form) {
        this.listener = listener;
        this.filter = filter;
        this.begin = begin;
        this.batch = batch;
        this.form = form;
    }

    /** Whether this is the id of the last event of a batch. */
    static boolean isEnd(LogPosition id) {
        return id.next(END, 0) > 0;
    }

    @Override
    public void run(Writer writer) throws InterruptedException, ReaderTooSlowException {
        writer.begin();
        if (begin.state().isPresent()) {
            write(writer, "state", begin.since().toString(), begin.state().get());
        }
        if (!listener.listen(filter, begin.since(), happening -> write(writer, happening))) {
            Optional<Map<String, Json>> anew = batch.show();
            write(writer, "state", listener.position().toString(), anew.orElse(Map.of()));
        }
        shownAt = System.nanoTime() - LOOK.toNanos();
        while (!listener.isDrained()) {
            Optional<JobHappening> next = listener.next(BETWEEN);
            if (next.isPresent()) {
                write(writer, next.get());
            }
            if (isToLook(next.isEmpty()) && look(writer)) {
                return;
            }
            if (isOlder(wroteAt, form.heartbeat())) {
                wroteAt = System.nanoTime();
                writer.heartbeat(listener.position().toString());
            }
        }
        writer.event("cut", listener.position().toString(), "{}");
    }

    private boolean isToLook(boolean quiet) {
        return (moved && isOlder(shownAt, BETWEEN)) || (quiet && isOlder(shownAt, LOOK));
    }

    private static boolean isOlder(long since, Duration age) {
        return System.nanoTime() - since >= age.toNanos();
    }

    /** Shows the progress where there is any; whether the batch has ended. */
    private boolean look(Writer writer) throws InterruptedException, ReaderTooSlowException {
        shownAt = System.nanoTime();
        moved = false;
        Optional<Map<String, Json>> now;
        try {
            now = batch.show();
        } catch (ProblemException unavailable) {
            moved = true;
            return false;
        }
        if (now.isEmpty()) {
            return true;
        }
        if (now.get().containsKey("finishedAt")) {
            tellTheRest(writer);
            String status = now.get().getOrDefault("status", new Json("\"completed\"")).value().replace("\"", "");
            write(writer, status.equals("completed") ? "complete" : status,
                    listener.position().after(END, 0, 0).toString(), now.get());
            return true;
        }
        if (!now.get().equals(shown)) {
            shown = now.get();
            write(writer, "progress", listener.position().toString(), shown);
        }
        return false;
    }

    /** A batch hears of its jobs' ends by the projector, which may be faster than this reader. */
    private void tellTheRest(Writer writer) throws InterruptedException, ReaderTooSlowException {
        LogPosition all = listener.shown();
        while (!listener.isDrained() && !listener.position().hasReached(all)) {
            Optional<JobHappening> next = listener.next(BETWEEN);
            if (next.isPresent()) {
                write(writer, next.get());
            }
        }
    }

    private void write(Writer writer, JobHappening happening) throws InterruptedException, ReaderTooSlowException {
        moved = true;
        wroteAt = System.nanoTime();
        writer.event("operation", happening.position().toString(), form.data().operation(happening));
    }

    private void write(Writer writer, String name, String id, Map<String, Json> view)
            throws InterruptedException, ReaderTooSlowException {
        wroteAt = System.nanoTime();
        writer.event(name, id, form.data().text(view));
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
