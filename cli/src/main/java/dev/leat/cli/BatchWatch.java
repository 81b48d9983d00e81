package dev.leat.cli;

import java.time.Duration;
import java.time.Instant;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.EventStream;
import dev.leat.cli.http.Query;
import dev.leat.cli.http.ServerSentEvent;
import dev.leat.cli.http.Signal;
import dev.leat.cli.live.BatchView;
import dev.leat.cli.live.FollowedBatch;
import dev.leat.cli.live.LiveBatchView;
import dev.leat.cli.live.PlainBatchView;

/** Follows a batch by its stream of events and shows it until it has ended. Used once, by one thread. */
final class BatchWatch {

    private final ApiClient api;
    private final Console console;
    private final String id;
    private final FollowedBatch batch = new FollowedBatch();

    BatchWatch(ApiClient api, Console console, String id) {
        this.api = api;
        this.console = console;
        this.id = id;
    }

    /** Returns when the batch has ended, with how. */
    Exit run() throws InterruptedException {
        try (EventStream events = EventStream.open(api, Query.of("batches", id, "progress")); BatchView view = view()) {
            while (!batch.hasEnded()) {
                Signal signal = events.next(JobWatch.REDRAW);
                Instant now = console.clock().instant();
                switch (signal) {
                    case Signal.Happened(ServerSentEvent event) -> happened(event, now);
                    case Signal.Lost(String why, Duration retryIn) -> lost(why, retryIn, view);
                    case Signal.Over _ -> batch.accept(
                            new ServerSentEvent("state", "", api.get(Query.of("batches", id)).toString()), now);
                    case Signal.Silence _ -> {
                        // Only time has passed.
                    }
                }
                if (!batch.status().isEmpty()) {
                    view.show(batch, now);
                }
            }
            return Exit.of(batch.status());
        }
    }

    private void happened(ServerSentEvent event, Instant now) {
        if (console.json()) {
            console.json(JobWatch.line(event));
        }
        batch.accept(event, now);
    }

    private void lost(String why, Duration retryIn, BatchView view) {
        String line = JobWatch.lost(why, retryIn);
        if (console.screen().isPresent()) {
            view.say(line);
        } else {
            console.note(line);
        }
    }

    private BatchView view() {
        if (console.json()) {
            return new PlainBatchView(_ -> {});
        }
        return console.screen().<BatchView>map(LiveBatchView::new)
                .orElseGet(() -> new PlainBatchView(console::line));
    }
}
