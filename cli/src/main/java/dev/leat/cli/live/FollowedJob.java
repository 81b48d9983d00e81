package dev.leat.cli.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.ServerSentEvent;
import dev.leat.cli.text.Figures;
import dev.leat.cli.text.JobText;
import dev.leat.cli.text.Text;

/**
 * A job as its stream of events tells it, in the form of the API: what the first event brought, with what has happened since
 * put into it. Used by one thread.
 */
public final class FollowedJob {

    /** Below it, a guess from the percentage is worse than one from other jobs. */
    private static final double TELLING = 3;

    private ObjectNode job = ApiClient.JSON.createObjectNode();
    private Instant estimatedAt = Instant.EPOCH;
    private boolean ended;

    /**
     * Takes what happened.
     *
     * @param now on this machine's clock, for the age of estimates
     */
    public void accept(ServerSentEvent event, Instant now) {
        JsonNode data = read(event);
        switch (event.name()) {
            case "state" -> state(data, now);
            case "status" -> status(data, data.path("state").asText());
            case "progress" -> job.set("progress", data.path("progress"));
            case "complete" -> end(data, "completed");
            case "failed", "cancelled", "timed_out", "expired", "rejected" -> end(data, event.name());
            default -> {
                // Log lines change nothing, and what a later server adds is passed over.
            }
        }
    }

    /** The lines of the job's log that an event brings. */
    public static List<String> logLines(ServerSentEvent event) {
        return event.name().equals("log")
                ? read(event).path("lines").valueStream()
                        .map(line -> "%-5s %s".formatted(line.path("level").asText(),
                                Text.printable(line.path("message").asText())))
                        .toList()
                : List.of();
    }

    private static JsonNode read(ServerSentEvent event) {
        try {
            return ApiClient.JSON.readTree(event.data());
        } catch (JacksonException noJson) {
            return ApiClient.JSON.createObjectNode();
        }
    }

    private void state(JsonNode data, Instant now) {
        job = data instanceof ObjectNode whole ? whole.deepCopy() : job;
        if (status().equals("retrying") && job.path("attempts").path(job.path("attempts").size() - 1)
                .path("error") instanceof ObjectNode error) {
            job.set("error", error);
        }
        estimatedAt = now;
        ended = job.has("finishedAt");
    }

    private void status(JsonNode data, String status) {
        if (status.equals("running") && !status().equals("running")) {
            job.set("startedAt", data.path("at"));
            job.remove("progress");
        }
        put(data, status);
    }

    private void end(JsonNode data, String status) {
        put(data, status);
        job.set("finishedAt", data.path("at"));
        ended = true;
    }

    private void put(JsonNode data, String status) {
        job.put("status", status);
        job.remove("error");
        for (String member : List.of("type", "attempt", "worker", "error")) {
            if (data.has(member)) {
                job.set(member, data.path(member));
            }
        }
        if (data.has("retryAt")) {
            job.set("nextAttemptAt", data.path("retryAt"));
        } else {
            job.remove("nextAttemptAt");
        }
    }

    /** Whether the last event of the job has come. */
    public boolean hasEnded() {
        return ended;
    }

    /** The job as the API would show it now. */
    public JsonNode job() {
        return job;
    }

    public String status() {
        return job.path("status").asText();
    }

    /** 0 to 100; all of it once it has completed. */
    public double percent() {
        return status().equals("completed") ? 100 : job.at("/progress/percent").asDouble();
    }

    /** How long it will run still, in words: by its own pace, or else by how long others took; {@code ?} where unknown. */
    public String left(Instant now) {
        Optional<Duration> gone = JobText.took(job, now).filter(time -> !time.isNegative());
        double percent = percent();
        if (gone.isPresent() && percent >= TELLING) {
            return Figures.estimate(Duration.ofMillis((long) (gone.get().toMillis() * (100 - percent) / percent)))
                    + " left";
        }
        if (job.has("estimate")) {
            long millis = (long) (job.at("/estimate/seconds").asDouble() * 1000);
            return Figures.estimate(Duration.ofMillis(millis).minus(Duration.between(estimatedAt, now))) + " left";
        }
        return "?";
    }
}
