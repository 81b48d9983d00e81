package dev.leat.cli.live;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import dev.leat.cli.text.Progress;
import dev.leat.cli.text.Style;

/** A line for each change, at most one a second while only the progress changes. */
public final class PlainJobView implements JobView {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Consumer<String> out;
    private String status = "";
    private String line = "";
    private Instant said = Instant.EPOCH;

    /** Lines go there. */
    public PlainJobView(Consumer<String> out) {
        this.out = out;
    }

    @Override
    public void show(FollowedJob job, Instant now) {
        String state = JobLines.state(job, now, Style.PLAIN);
        String progress = Progress.ofJob(job.job()).text();
        String next = progress.isEmpty() ? state : "%4s  %s".formatted(progress, state);
        boolean changed = !job.status().equals(status);
        boolean moved = !next.equals(line) && Duration.between(said, now).compareTo(PAUSE) >= 0
                && !job.status().equals("retrying");
        if (changed || moved) {
            out.accept(next);
            status = job.status();
            line = next;
            said = now;
        }
    }

    @Override
    public void say(String text) {
        out.accept(text);
    }

    @Override
    public void close() {
        // Each line is out already.
    }
}
