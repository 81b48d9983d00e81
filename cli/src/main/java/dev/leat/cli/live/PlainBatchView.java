package dev.leat.cli.live;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import dev.leat.cli.text.BatchText;
import dev.leat.cli.text.Progress;
import dev.leat.cli.text.Style;

/** A line for each operation that fails, and one with the counts each five seconds and at the end. */
public final class PlainBatchView implements BatchView {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Consumer<String> out;
    private Instant said = Instant.EPOCH;
    private String line = "";

    /** Lines go there. */
    public PlainBatchView(Consumer<String> out) {
        this.out = out;
    }

    @Override
    public void show(FollowedBatch batch, Instant now) {
        batch.takeNewFailures().forEach(failure -> out.accept(BatchLines.failure(failure, Style.PLAIN)));
        String next = "%s  %s: %s".formatted(Progress.ofBatch(batch.batch()).text(), batch.status(),
                BatchText.states(batch.batch(), Style.PLAIN));
        boolean due = Duration.between(said, now).compareTo(PAUSE) >= 0 || batch.hasEnded();
        if (due && !next.equals(line)) {
            out.accept(next);
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
