package dev.leat.cli.live;

import java.time.Instant;
import java.util.List;

import dev.leat.cli.text.Figures;
import dev.leat.cli.text.Style;
import dev.leat.cli.text.Table;

/** Several jobs at once, a line each. */
public final class Board {

    private static final int CELLS = 20;

    private Board() {}

    /** The lines, none wider than {@code width}. */
    public static List<String> lines(List<FollowedJob> jobs, Instant now, int width, Style style) {
        Table table = new Table().column("JOB TYPE").column("PROGRESS").number("").status("STATUS")
                .elastic("WHAT IT SAYS");
        for (FollowedJob job : jobs) {
            table.row(job.job().path("type").asText(), cells(job.percent() / 100, CELLS),
                    Figures.percent(job.percent()), job.status(), JobLines.words(job, now));
        }
        return table.lines(width, style);
    }

    /** A bar of so many characters that needs no more than text. */
    static String cells(double part, int cells) {
        int full = (int) Math.round(Math.clamp(part, 0, 1) * cells);
        return "█".repeat(full) + "░".repeat(cells - full);
    }
}
