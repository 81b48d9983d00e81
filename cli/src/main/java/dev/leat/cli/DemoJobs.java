package dev.leat.cli;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.EventStream;
import dev.leat.cli.http.Query;
import dev.leat.cli.http.Signal;
import dev.leat.cli.live.FollowedJob;
import dev.leat.cli.live.JobView;
import dev.leat.cli.live.LiveBoard;
import dev.leat.cli.live.PlainJobView;

/** One job of each type of the demo plugin, submitted together and shown until all have ended. */
public final class DemoJobs {

    /** Each takes a few seconds; the one that fails does so twice before it succeeds. */
    private static final List<String> JOBS = List.of(
            "{\"type\": \"demo:countdown\", \"params\": {\"seconds\": 6}}",
            "{\"type\": \"demo:prime\", \"params\": {\"limit\": 100000, \"pauseMillis\": 500}, \"priority\": \"high\"}",
            "{\"type\": \"demo:fibonacci\", \"params\": {\"count\": 100, \"pauseMillis\": 400}}",
            "{\"type\": \"demo:url-fetch\", \"params\": {\"urls\": [\"https://kafka.apache.org/\"]}}",
            "{\"type\": \"demo:echo\", \"params\": {\"message\": \"Hello from Leat\", \"delay\": 3}}",
            "{\"type\": \"demo:sleep\", \"params\": {\"millis\": 5000, \"steps\": 20}}",
            "{\"type\": \"demo:fail\", \"params\": {\"failures\": 2, \"message\": \"The mill ran dry\"}, \"maxAttempts\": 3}",
            "{\"type\": \"demo:hang\", \"params\": {\"millis\": 4000}}",
            "{\"type\": \"demo:noop\"}");
    private static final Duration POLL = Duration.ofMillis(100);

    private final ApiClient api;
    private final Console console;
    private final Map<FollowedJob, EventStream> followed = new LinkedHashMap<>();

    private DemoJobs(ApiClient api, Console console) {
        this.api = api;
        this.console = console;
    }

    /**
     * Submits and shows them.
     *
     * @param command for its output
     * @return how it went: {@link Exit#OK} where all have completed
     * @throws CommandFailedException if the server refuses a job or goes away
     */
    public static Exit run(URI server, CommandLine command) throws InterruptedException {
        try (Console console = Console.of(command, false, System.getenv()); ApiClient api = new ApiClient(server)) {
            DemoJobs demo = new DemoJobs(api, console);
            try {
                return demo.run();
            } finally {
                demo.followed.values().forEach(EventStream::close);
            }
        }
    }

    private Exit run() throws InterruptedException {
        for (String job : JOBS) {
            JsonNode accepted = api.post(Query.of("jobs"), body(job), Map.of());
            followed.put(new FollowedJob(),
                    EventStream.open(api, Query.of("jobs", accepted.path("id").asText(), "progress")));
        }
        if (console.screen().isPresent()) {
            try (LiveBoard board = new LiveBoard(console.screen().get())) {
                untilAllHaveEnded(() -> board.show(jobs(), console.clock().instant()));
            }
        } else {
            Map<FollowedJob, JobView> views = new LinkedHashMap<>();
            followed.keySet().forEach(job -> views.put(job, new PlainJobView(
                    line -> console.line("%-14s %s".formatted(job.job().path("type").asText(), line)))));
            untilAllHaveEnded(() -> views.forEach((job, view) -> {
                if (!job.status().isEmpty()) {
                    view.show(job, console.clock().instant());
                }
            }));
        }
        return jobs().stream().map(job -> Exit.of(job.status())).filter(exit -> exit != Exit.OK).findFirst()
                .orElse(Exit.OK);
    }

    private List<FollowedJob> jobs() {
        return new ArrayList<>(followed.keySet());
    }

    private void untilAllHaveEnded(Runnable show) throws InterruptedException {
        while (followed.keySet().stream().anyMatch(job -> !job.hasEnded())) {
            Duration wait = POLL;
            for (Map.Entry<FollowedJob, EventStream> each : followed.entrySet()) {
                wait = all(each.getKey(), each.getValue(), wait) ? Duration.ZERO : wait;
            }
            show.run();
        }
    }

    /** Takes all that is there; waits for it only where nothing has come from others either. */
    private boolean all(FollowedJob job, EventStream events, Duration wait) throws InterruptedException {
        boolean some = false;
        Optional<Signal> next = job.hasEnded()
                ? Optional.empty()
                : Optional.of(events.next(wait.dividedBy(JOBS.size())));
        while (next.isPresent() && next.get() instanceof Signal.Happened(var event)) {
            job.accept(event, Instant.now(console.clock()));
            some = true;
            next = job.hasEnded() ? Optional.empty() : Optional.of(events.next(Duration.ZERO));
        }
        return some;
    }

    private static JsonNode body(String json) {
        try {
            return ApiClient.JSON.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Expected a job in JSON, but got " + json, impossible);
        }
    }
}
