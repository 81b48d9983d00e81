package dev.leat.cli;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.EventStream;
import dev.leat.cli.http.Query;
import dev.leat.cli.http.ServerSentEvent;
import dev.leat.cli.http.Signal;
import dev.leat.cli.live.FollowedJob;
import dev.leat.cli.live.JobView;
import dev.leat.cli.live.LiveJobView;
import dev.leat.cli.live.PlainJobView;
import dev.leat.cli.text.Figures;

/** Follows a job by its stream of events and shows it until it has ended. Used once, by one thread. */
final class JobWatch {

    /** How often what runs on is drawn anew: the time gone, the time left. */
    static final Duration REDRAW = Duration.ofMillis(200);

    private final ApiClient api;
    private final Console console;
    private final String id;
    private final FollowedJob job = new FollowedJob();

    JobWatch(ApiClient api, Console console, String id) {
        this.api = api;
        this.console = console;
        this.id = id;
    }

    /** Returns when the job has ended, with how. */
    Exit run() throws InterruptedException {
        try (EventStream events = EventStream.open(api, Query.of("jobs", id, "progress")); JobView view = view()) {
            while (!job.hasEnded()) {
                Signal signal = events.next(REDRAW);
                Instant now = console.clock().instant();
                switch (signal) {
                    case Signal.Happened(ServerSentEvent event) -> happened(event, view, now);
                    case Signal.Lost(String why, Duration retryIn) -> lost(why, retryIn, view);
                    case Signal.Over _ -> job.accept(new ServerSentEvent("state", "", now()), now);
                    case Signal.Silence _ -> {
                        // Only time has passed.
                    }
                }
                if (!job.status().isEmpty()) {
                    view.show(job, now);
                }
            }
            return Exit.of(job.status());
        }
    }

    private String now() throws InterruptedException {
        return api.get(Query.of("jobs", id)).toString();
    }

    private void happened(ServerSentEvent event, JobView view, Instant now) {
        if (console.json()) {
            console.json(line(event));
        }
        job.accept(event, now);
        FollowedJob.logLines(event).forEach(view::say);
    }

    private void lost(String why, Duration retryIn, JobView view) {
        String line = lost(why, retryIn);
        if (console.screen().isPresent()) {
            view.say(line);
        } else {
            console.note(line);
        }
    }

    static String lost(String why, Duration retryIn) {
        return "Lost the connection, as %s; trying again in %s.".formatted(why, Figures.duration(retryIn));
    }

    /** An event as programs read it: one object on a line. */
    static ObjectNode line(ServerSentEvent event) {
        ObjectNode line = ApiClient.JSON.createObjectNode().put("event", event.name()).put("id", event.id());
        line.set("data", data(event));
        return line;
    }

    private static JsonNode data(ServerSentEvent event) {
        try {
            return ApiClient.JSON.readTree(event.data());
        } catch (JacksonException noJson) {
            return ApiClient.JSON.getNodeFactory().textNode(event.data());
        }
    }

    private JobView view() {
        if (console.json()) {
            return new PlainJobView(_ -> {});
        }
        return console.screen().<JobView>map(LiveJobView::new).orElseGet(() -> new PlainJobView(console::line));
    }
}
