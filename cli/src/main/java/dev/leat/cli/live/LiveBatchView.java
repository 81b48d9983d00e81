package dev.leat.cli.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.cli.text.BatchText;
import dev.leat.cli.text.JobText;
import dev.leat.cli.text.Text;

/** A bar for the batch, its counts, and the operations that run, drawn anew in their place; failures are said above. */
public final class LiveBatchView implements BatchView {

    private static final int MOST_OPERATIONS = 12;
    /** The bar, the counts, and the line for those that have no room. */
    private static final int OTHER_LINES = 4;

    private final LiveArea area;
    private Optional<Bar> bar = Optional.empty();

    public LiveBatchView(Screen screen) {
        this.area = new LiveArea(screen);
    }

    @Override
    public void show(FollowedBatch batch, Instant now) {
        batch.takeNewFailures().forEach(failure -> area.say(BatchLines.failure(failure, area.style())));
        List<String> lines = new ArrayList<>();
        lines.add(bar(batch, now).drawn(batch.done(), BatchLines.left(batch, now), area.width()));
        lines.add("  " + BatchText.states(batch.batch(), area.style()));
        if (!batch.hasEnded()) {
            lines.addAll(operations(batch.running()));
        }
        area.show(lines);
    }

    private List<String> operations(List<JsonNode> running) {
        int room = Math.clamp(area.height() - OTHER_LINES, 1, MOST_OPERATIONS);
        List<String> lines = new ArrayList<>(running.stream().limit(room).map(BatchLines::operation).toList());
        if (running.size() > room) {
            lines.add("  and " + (running.size() - room) + " more");
        }
        return lines;
    }

    private Bar bar(FollowedBatch batch, Instant now) {
        if (bar.isEmpty()) {
            bar = Optional.of(new Bar(Text.cut(Text.printable(batch.batch().path("name").asText("batch")), 20),
                    batch.batch().path("total").asLong(), true,
                    JobText.took(batch.batch(), now).filter(time -> !time.isNegative()).orElse(Duration.ZERO)));
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
