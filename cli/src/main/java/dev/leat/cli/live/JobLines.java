package dev.leat.cli.live;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.cli.text.Figures;
import dev.leat.cli.text.JobText;
import dev.leat.cli.text.Progress;
import dev.leat.cli.text.Style;
import dev.leat.cli.text.Text;

/** What a job does now, in a line. */
final class JobLines {

    private JobLines() {}

    /** Such as {@code running on worker-1: 79 prime numbers up to 400}, or {@code failed after 3.1 s: the mill ran dry}. */
    static String state(FollowedJob followed, Instant now, Style style) {
        JsonNode job = followed.job();
        String status = followed.status();
        return style.status(status) + printable(detail(job, status, now) + what(job, status));
    }

    /** The same without the status, for a table that has a column for it. */
    static String words(FollowedJob followed, Instant now) {
        JsonNode job = followed.job();
        return (detail(job, followed.status(), now) + what(job, followed.status())).replaceFirst("^[ ,:]+", "");
    }

    /** Keeps the blank in front. */
    private static String printable(String text) {
        return text.startsWith(" ") ? " " + Text.printable(text) : Text.printable(text);
    }

    private static String detail(JsonNode job, String status, Instant now) {
        return switch (status) {
            case "running" -> " on " + job.path("worker").asText("a worker") + attempt(job);
            case "retrying" -> JobText.time(job, "nextAttemptAt").map(at -> ", next try " + Figures.ago(at, now))
                    .orElse("");
            case "queued", "scheduled", "cancelling" -> "";
            default -> ended(job, now) + attempt(job);
        };
    }

    private static String ended(JsonNode job, Instant now) {
        return JobText.took(job, now).map(took -> " after " + Figures.duration(took)).orElse("");
    }

    private static String attempt(JsonNode job) {
        return job.path("attempt").asInt() > 1 ? ", attempt " + job.path("attempt").asText() : "";
    }

    private static String what(JsonNode job, String status) {
        Progress progress = Progress.ofJob(job);
        return Optional.of(job.at("/error/message").asText())
                .filter(message -> !message.isEmpty() && !status.equals("running"))
                .or(() -> Optional.of(progress.task()).filter(task -> !task.isEmpty()))
                .map(what -> ": " + what)
                .orElse("");
    }
}
