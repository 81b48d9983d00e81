package dev.leat.cli.live;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.cli.text.Figures;
import dev.leat.cli.text.JobText;
import dev.leat.cli.text.Progress;
import dev.leat.cli.text.Style;
import dev.leat.cli.text.Table;

/** One picture of {@code top}: what runs, the workers, the lanes, in as many lines as there are. No I/O. */
public final class TopFrame {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final List<String> STATES = List.of("running", "queued", "retrying", "scheduled", "completed",
            "failed", "timed_out", "cancelled", "expired", "rejected");
    private static final List<String> LANES = List.of("high", "normal", "low");
    private static final int CELLS = 10;
    /** Header, counts, and an empty line and a header for each of three tables. */
    private static final int FIXED = 8;

    private final TopData data;
    private final int width;
    private final Style style;

    private TopFrame(TopData data, int width, Style style) {
        this.data = data;
        this.width = width;
        this.style = style;
    }

    /**
     * Its lines.
     *
     * @param note what stands in the header besides, such as how to quit
     * @param height how many lines there may be; the lists get what room there is
     */
    public static List<String> lines(TopData data, URI server, String note, int width, int height, ZoneId zone,
            Style style) {
        TopFrame frame = new TopFrame(data, width, style);
        int lanes = Math.min(data.plugins().size(), Math.max(2, (height - FIXED) / 3));
        int workers = Math.min(data.workers().size(), Math.max(1, (height - FIXED - lanes) / 3));
        int running = Math.max(1, height - FIXED - lanes - workers);
        List<String> lines = new ArrayList<>();
        lines.add(style.bold("Leat") + " at " + server + "  " + CLOCK.format(data.at().atZone(zone))
                + (note.isEmpty() ? "" : "  " + style.faint(note)));
        lines.add(frame.counts());
        frame.section(lines, frame.running(), running, data.running().isEmpty());
        frame.section(lines, frame.workers(), workers, false);
        frame.section(lines, frame.lanes(), lanes, false);
        return lines.size() > height ? lines.subList(0, height) : lines;
    }

    private void section(List<String> lines, Table table, int rows, boolean empty) {
        lines.add("");
        List<String> all = table.lines(width, style);
        lines.addAll(all.subList(0, Math.min(all.size(), rows + 1)));
        if (empty) {
            lines.add(style.faint("nothing runs"));
        } else if (all.size() > rows + 1) {
            lines.set(lines.size() - 1, style.faint("and " + (all.size() - rows) + " more"));
        }
    }

    private String counts() {
        List<String> parts = new ArrayList<>();
        for (String state : STATES) {
            long count = data.stats().path("jobs").path(state).asLong();
            if (count > 0 || state.equals("running") || state.equals("queued")) {
                parts.add(style.status(state, Figures.count(count) + " " + state));
            }
        }
        data.endedPerSecond().ifPresent(rate -> parts.add("%.1f/s ended".formatted(rate)));
        JsonNode workers = data.stats().path("workers");
        parts.add("%d of %d slots busy".formatted(workers.path("slots").asInt() - workers.path("freeSlots").asInt(),
                workers.path("slots").asInt()));
        return String.join(", ", parts);
    }

    private Table running() {
        Table table = new Table().column("RUNNING").column("TYPE").column("PROGRESS").column("").elastic("CURRENT TASK")
                .number("FOR").elastic("WORKER");
        data.running().forEach(job -> {
            Progress progress = Progress.ofJob(job);
            table.row(job.path("id").asText(), job.path("type").asText(), Board.cells(progress.percent() / 100, CELLS),
                    progress.text(), progress.task(),
                    JobText.took(job, data.at()).map(Figures::duration).orElse(""), job.path("worker").asText());
        });
        return table;
    }

    private Table workers() {
        Table table = new Table().column("WORKER").column("SLOTS").number("BUSY").number("LOST").column("LAST BEAT")
                .elastic("PLUGINS");
        data.workers().forEach(worker -> {
            int slots = worker.path("slots").asInt();
            int busy = slots - worker.path("freeSlots").asInt();
            table.row(worker.path("id").asText(), Board.cells(slots == 0 ? 0 : (double) busy / slots, CELLS),
                    busy + "/" + slots,
                    worker.path("lostSlots").asText(),
                    Figures.duration(Duration.parse(worker.path("sinceLastBeat").asText("PT0S"))) + " ago",
                    String.join(", ", worker.path("plugins").valueStream().map(JsonNode::asText).toList()));
        });
        return table;
    }

    /** How many wait in each lane, where the server says so; else how many of the plugin wait in all. */
    private Table lanes() {
        boolean known = data.plugins().stream().anyMatch(plugin -> plugin.has("lanes"));
        Table table = new Table().column("PLUGIN").column("STATE").number("RUNNING");
        (known ? LANES : List.of("queued")).forEach(name -> table.number(name.toUpperCase(Locale.ROOT)));
        data.plugins().forEach(plugin -> {
            List<String> row = new ArrayList<>(List.of(plugin.path("id").asText(),
                    plugin.path("paused").asBoolean() ? "paused" : "active", plugin.path("running").asText()));
            if (known) {
                LANES.forEach(lane -> row
                        .add(Figures.count(plugin.path("lanes").path(lane).path("queued").asLong())));
            } else {
                row.add(Figures.count(
                        data.stats().path("byPlugin").path(plugin.path("id").asText()).path("queued").asLong()));
            }
            table.row(row.toArray(String[]::new));
        });
        return table;
    }
}
