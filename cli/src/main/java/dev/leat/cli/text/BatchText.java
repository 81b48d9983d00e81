package dev.leat.cli.text;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** A batch as the API shows it, as lines. */
public final class BatchText {

    private BatchText() {}

    /** All that a user wants to know of it, a line each. */
    public static List<String> of(JsonNode batch, Instant now, Style style) {
        List<String> lines = new ArrayList<>();
        String status = batch.path("status").asText();
        lines.add(style.bold("batch " + Text.printable(batch.path("name").asText(""))).strip() + "  "
                + style.status(status));
        lines.add("  id        " + batch.path("id").asText());
        lines.add("  progress  " + Progress.ofBatch(batch).text());
        lines.add("  states    " + states(batch, style));
        JobText.took(batch, now).ifPresent(took -> lines.add((batch.has("finishedAt") ? "  ran       " : "  runs for  ")
                + Figures.duration(took)));
        if (batch.has("estimate")) {
            lines.add("  left      " + left(batch));
        }
        lines.addAll(failures(batch, style));
        lines.addAll(current(batch, 20));
        return lines;
    }

    /** Such as {@code 30 completed, 2 failed, 8 running, 60 waiting}; what none has is left out. */
    public static String states(JsonNode batch, Style style) {
        List<String> parts = new ArrayList<>();
        for (String state : List.of("completed", "failed", "timed_out", "expired", "rejected", "cancelled", "skipped",
                "released", "waiting")) {
            long count = batch.path("states").path(state).asLong();
            if (count > 0) {
                parts.add(style.status(state, Figures.count(count) + " " + state));
            }
        }
        return String.join(", ", parts);
    }

    /** How long it will take from now, with the error bars of the estimate. */
    static String left(JsonNode batch) {
        JsonNode estimate = batch.path("estimate");
        return "%s (%s to %s)".formatted(Figures.estimate(seconds(estimate, "seconds")),
                Figures.duration(seconds(estimate, "low")), Figures.duration(seconds(estimate, "high")));
    }

    private static Duration seconds(JsonNode estimate, String member) {
        return Duration.ofMillis((long) (estimate.path(member).asDouble() * 1000));
    }

    /** The first operations that did not complete. */
    public static List<String> failures(JsonNode batch, Style style) {
        return batch.path("failures").valueStream().map(failure -> "  " + operation(failure,
                style.status(failure.path("status").asText()) + "  "
                        + Text.printable(failure.at("/error/message").asText())))
                .toList();
    }

    /** What runs now. */
    public static List<String> current(JsonNode batch, int most) {
        return batch.path("current").valueStream().limit(most).map(job -> {
            Progress progress = Progress.ofJob(job);
            return "  #%s %s  %s".formatted(job.at("/batch/index").asText(), job.path("type").asText(),
                    Text.printable(progress.text() + "  " + progress.task()));
        }).toList();
    }

    private static String operation(JsonNode operation, String rest) {
        return "#%s %s  %s".formatted(operation.path("index").asText(), operation.path("type").asText(), rest);
    }
}
