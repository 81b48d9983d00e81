package dev.leat.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import dev.leat.cli.text.Style;
import dev.leat.cli.text.Text;

class TopFrameTest {

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    private static TopData data(int running) {
        List<JsonNode> jobs = IntStream.range(0, running).mapToObj(i -> json("""
                {"id": "job-%d", "type": "demo:prime", "startedAt": "2026-11-22T05:29:57Z", "worker": "w1",
                 "progress": {"percent": 40, "message": "milling"}}""".formatted(i))).toList();
        return new TopData(Instant.parse("2026-11-22T05:30:00Z"), json("""
                {"jobs": {"running": %d, "queued": 1200, "completed": 7},
                 "workers": {"live": 1, "slots": 8, "freeSlots": 6, "lostSlots": 0}}""".formatted(running)), jobs,
                List.of(json(
                        """
                                {"id": "w1", "slots": 8, "freeSlots": 4, "lostSlots": 0, "sinceLastBeat": "PT0.5S", "plugins": ["demo"]}""")),
                List.of(json(
                        """
                                {"id": "demo", "paused": true, "running": 2, "lanes": {"high": {"queued": 0}, "normal": {"queued": 1200}}}""")),
                Optional.of(12.34));
    }

    private static List<String> frame(TopData data, int width, int height) {
        return TopFrame.lines(data, URI.create("http://mill:8080"), "q quits", width, height, ZoneOffset.UTC,
                Style.PLAIN);
    }

    @Test
    void shouldShowWhatRunsTheWorkersAndTheLanes() {
        assertThat(frame(data(1), 120, 40)).containsExactly(
                "Leat at http://mill:8080  05:30:00  q quits",
                "1 running, 1,200 queued, 7 completed, 12.3/s ended, 2 of 8 slots busy",
                "",
                "RUNNING  TYPE        PROGRESS         CURRENT TASK    FOR  WORKER",
                "job-0    demo:prime  ████░░░░░░  40%  milling       3.0 s  w1",
                "",
                "WORKER  SLOTS       BUSY  LOST  LAST BEAT   PLUGINS",
                "w1      █████░░░░░   4/8     0  500 ms ago  demo",
                "",
                "PLUGIN  STATE   RUNNING  HIGH  NORMAL  LOW",
                "demo    paused        2     0   1,200    0");
    }

    @Test
    void shouldFitIntoAnyTerminal() {
        for (int height = 5; height < 60; height++) {
            for (int width : new int[]{20, 40, 80, 200}) {
                assertThat(frame(data(100), width, height)).as("%d x %d", width, height)
                        .hasSizeLessThanOrEqualTo(height)
                        .allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(Math.max(width, 90)));
            }
        }
    }

    @Test
    void shouldSayHowManyRunThatHaveNoRoom() {
        List<String> lines = frame(data(100), 100, 30);

        assertThat(lines).hasSize(30).anyMatch(line -> line.startsWith("and ") && line.endsWith(" more"));
        assertThat(lines).contains("demo    paused        2     0   1,200    0");
    }
}
