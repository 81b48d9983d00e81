package dev.leat.cli.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.leat.cli.text.JobText;

/** A progress bar and a line below it, drawn anew in their place. */
public final class LiveJobView implements JobView {

    private final LiveArea area;
    private Optional<Bar> bar = Optional.empty();
    private String started = "";

    public LiveJobView(Screen screen) {
        this.area = new LiveArea(screen);
    }

    @Override
    public void show(FollowedJob job, Instant now) {
        String state = JobLines.state(job, now, area.style());
        if (!job.job().has("startedAt")) {
            area.show(List.of(area.style().bold(job.job().path("type").asText()) + "  " + state));
            return;
        }
        String left = job.hasEnded() ? job.status() : job.left(now);
        area.show(List.of(bar(job, now).drawn((long) job.percent(), left, area.width()), "  " + state));
    }

    /** Each attempt has a bar of its own, which counts its own time. */
    private Bar bar(FollowedJob job, Instant now) {
        String current = job.job().path("startedAt").asText();
        if (bar.isEmpty() || !current.equals(started)) {
            bar.ifPresent(Bar::close);
            started = current;
            bar = Optional.of(new Bar(job.job().path("type").asText(), 100, false,
                    JobText.took(job.job(), now).filter(time -> !time.isNegative()).orElse(Duration.ZERO)));
        }
        return bar.get();
    }

    @Override
    public void say(String line) {
        area.say(line);
    }

    @Override
    public void close() {
        bar.ifPresent(Bar::close);
        area.close();
    }
}
