package dev.leat.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.leat.cli.http.ServerSentEvent;

class FollowedBatchTest {

    private static final Instant START = Instant.parse("2026-11-22T05:29:00Z");

    private final FollowedBatch batch = new FollowedBatch();
    private final List<String> said = new ArrayList<>();
    private final PlainBatchView view = new PlainBatchView(said::add);

    private void accept(String name, int second, String data) {
        batch.accept(new ServerSentEvent(name, "", data), START.plusSeconds(second));
        view.show(batch, START.plusSeconds(second));
    }

    @Test
    void shouldTellCountsFailuresAndWhatRuns() {
        accept("state", 0,
                """
                        {"status": "running", "total": 4, "percent": 25.0, "states": {"waiting": 2, "released": 1, "completed": 1},
                         "estimate": {"seconds": 9.0},
                         "current": [{"type": "demo:prime", "batch": {"index": 1}, "progress": {"percent": 40, "message": "x"}}]}""");
        assertThat(batch.running()).map(BatchLines::operation).containsExactly("  #1 demo:prime  40%  x");
        assertThat(BatchLines.left(batch, START.plusSeconds(4))).isEqualTo("about 5 s left");

        accept("operation", 1, """
                {"index": 2, "type": "demo:echo", "state": "running"}""");
        accept("operation", 2, """
                {"index": 1, "type": "demo:prime", "state": "failed", "error": {"message": "dry"}}""");
        assertThat(batch.running()).map(BatchLines::operation).containsExactly("  #2 demo:echo  ");

        accept("failed", 3,
                """
                        {"status": "failed", "total": 4, "percent": 100.0, "finishedAt": "2026-11-22T05:29:03Z",
                         "states": {"completed": 2, "failed": 2}, "failures": [{"index": 1, "type": "demo:prime", "status": "failed"},
                             {"index": 3, "type": "demo:fail", "status": "timed_out"}]}""");
        assertThat(batch.hasEnded()).isTrue();
        assertThat(batch.done()).isEqualTo(4);
        assertThat(said).containsExactly(
                "1/4 operations (25%)  running: 1 completed, 1 released, 2 waiting",
                "#1 demo:prime  failed: dry",
                "#3 demo:fail  timed_out",
                "4/4 operations (100%)  failed: 2 completed, 2 failed");
    }
}
