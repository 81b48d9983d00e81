package dev.leat.cli.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** A job as the API shows it, as lines and as a row. Times are told on the user's clock. */
public final class JobText {

    private static final int LABEL = 11;

    private final JsonNode job;
    private final Instant now;
    private final ZoneId zone;
    private final Style style;
    private final List<String> lines = new ArrayList<>();

    private JobText(JsonNode job, Instant now, ZoneId zone, Style style) {
        this.job = job;
        this.now = now;
        this.zone = zone;
        this.style = style;
    }

    /** All that a user wants to know of it, a line each. */
    public static List<String> of(JsonNode job, Instant now, ZoneId zone, Style style) {
        JobText text = new JobText(job, now, zone, style);
        text.add();
        return text.lines;
    }

    /** A table of jobs, newest first as they come. */
    public static Table table(Iterable<JsonNode> jobs, Instant now) {
        Table table = new Table().column("ID").elastic("TYPE").status("STATUS").column("PROGRESS").number("TRY")
                .column("SUBMITTED").column("TOOK").elastic("WHAT");
        for (JsonNode job : jobs) {
            Progress progress = Progress.ofJob(job);
            table.row(job.path("id").asText(), job.path("type").asText(), job.path("status").asText(), progress.text(),
                    job.path("attempt").asText(), Figures.ago(time(job, "submittedAt").orElse(now), now),
                    took(job, now).map(Figures::duration).orElse(""), what(job, progress));
        }
        return table;
    }

    /** A table of what runs, jobs and then batches. */
    public static Table running(Iterable<JsonNode> jobs, Iterable<JsonNode> batches, Instant now) {
        Table table = new Table().column("ID").column("PLUGIN").column("TYPE").column("PROGRESS")
                .elastic("CURRENT TASK")
                .column("FOR");
        for (JsonNode job : jobs) {
            Progress progress = Progress.ofJob(job);
            table.row(job.path("id").asText(), job.path("plugin").asText(), job.path("type").asText(), progress.text(),
                    progress.task(), took(job, now).map(Figures::duration).orElse(""));
        }
        for (JsonNode batch : batches) {
            Progress progress = Progress.ofBatch(batch);
            table.row(batch.path("id").asText(), "", "batch", progress.text(), progress.task(),
                    took(batch, now).map(Figures::duration).orElse(""));
        }
        return table;
    }

    /** For how long it has run, or ran; empty while it waits. */
    public static Optional<Duration> took(JsonNode job, Instant now) {
        return time(job, "startedAt").map(started -> Duration.between(started, time(job, "finishedAt").orElse(now)));
    }

    /** A member that is a time. */
    public static Optional<Instant> time(JsonNode job, String member) {
        return job.hasNonNull(member) ? Optional.of(Instant.parse(job.path(member).asText())) : Optional.empty();
    }

    private static String what(JsonNode job, Progress progress) {
        return job.has("error") ? job.at("/error/message").asText() : progress.task();
    }

    private void add() {
        String status = job.path("status").asText();
        lines.add(style.bold(job.path("type").asText()) + "  " + style.status(status));
        line("id", job.path("id").asText());
        progress();
        line("attempt", job.path("attempt").asText() + (job.has("maxAttempts")
                ? ", %s of %s tries spent".formatted(job.path("spentAttempts").asText(),
                        job.path("maxAttempts").asText())
                : ""));
        time(job, "nextAttemptAt").ifPresent(at -> line("next try", Figures.ago(at, now)));
        text("worker");
        text("priority");
        line("tags", String.join(", ", job.path("tags").valueStream().map(JsonNode::asText).toList()));
        times();
        batch();
        text("uniqueKey", "unique key");
        text("duplicateOf", "same key as");
        text("retryOf", "retry of");
        line("params", job.has("params") ? job.path("params").toString() : "");
        error();
    }

    private void progress() {
        Progress progress = Progress.ofJob(job);
        line("progress", (progress.text() + "  " + progress.task()).strip());
        if (job.has("estimate")) {
            line("left", Figures.estimate(Duration.ofMillis((long) (job.at("/estimate/seconds").asDouble() * 1000))));
        }
    }

    private void times() {
        moment("submittedAt", "submitted");
        moment("runAt", "not before");
        moment("expiresAt", "expires");
        moment("deadline", "deadline");
        time(job, "startedAt").ifPresent(started -> time(job, "submittedAt")
                .filter(_ -> job.path("attempt").asInt() == 1)
                .ifPresent(submitted -> line("waited", Figures.duration(Duration.between(submitted, started)))));
        took(job, now).ifPresent(took -> line(job.has("finishedAt") ? "ran" : "runs for", Figures.duration(took)));
        moment("finishedAt", "ended");
    }

    private void batch() {
        if (job.has("batch")) {
            line("batch", job.at("/batch/id").asText() + ", operation " + job.at("/batch/index").asText());
        }
    }

    private void error() {
        if (job.has("error")) {
            line("error", job.at("/error/code").asText() + ": " + job.at("/error/message").asText());
        }
    }

    private void moment(String member, String label) {
        time(job, member)
                .ifPresent(at -> line(label, Figures.time(at, zone) + " (" + Figures.ago(at, now) + ")"));
    }

    private void text(String member) {
        text(member, member);
    }

    private void text(String member, String label) {
        line(label, job.path(member).asText());
    }

    private void line(String label, String value) {
        if (!value.isEmpty()) {
            lines.add("  " + style.faint(Text.padded(label, LABEL, false)) + "  " + Text.printable(value));
        }
    }
}
