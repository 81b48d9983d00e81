package dev.leat.submit.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.json.LeatJson;
import dev.leat.submit.ScriptedProjector;
import dev.leat.submit.status.ProjectorClient;
import dev.leat.testkit.ManualClock;

class QueueDepthsTest {

    private static final ObjectMapper JSON = LeatJson.newMapper();

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final ScriptedProjector projector = ScriptedProjector.start();
    private final QueueDepths queues = new QueueDepths(
            new ProjectorClient(List.of(projector.uri()), Duration.ofSeconds(5), JSON, clock), JSON,
            new QueueLimits(10, 15), clock);

    @AfterEach
    void close() {
        queues.close();
        projector.close();
    }

    @Test
    void shouldAdmitWhatItKnowsNothingOf() {
        for (int i = 0; i < 20; i++) {
            queues.admit("a");
        }
    }

    @Test
    void shouldAddWhatItHasAcceptedSinceTheFigures() {
        // given
        waiting("a", 8);
        queues.refresh();

        // when
        queues.admit("a");
        queues.admit("a");

        // then
        assertPluginFull("a", 10);
        queues.admit("b");
    }

    @Test
    void shouldForgetWhatTheFiguresHold() {
        // given
        waiting("a", 8);
        queues.refresh();
        queues.admit("a");
        queues.admit("a");

        // when
        waiting("a", 9);
        queues.refresh();

        // then
        queues.admit("a");
        assertPluginFull("a", 10);
    }

    @Test
    void shouldAddWhatItAcceptsWhileTheFiguresAreOnTheirWay() {
        // given
        projector.on(ScriptedProjector.STATS, exchange -> {
            queues.admit("a");
            ScriptedProjector.json(stats("a", 9)).to(exchange);
        });

        // when
        queues.refresh();

        // then
        assertPluginFull("a", 10);
    }

    @Test
    void shouldHoldTheLimitOfAllPlugins() {
        // given
        projector.on(ScriptedProjector.STATS,
                ScriptedProjector.json("{\"byPlugin\":{\"a\":{\"queued\":8},\"b\":{\"retrying\":7}}}"));
        queues.refresh();

        // when, then
        assertThatThrownBy(() -> queues.admit("c")).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().status()).isEqualTo(503);
            assertThat(e.problem().type()).hasToString("urn:leat:problem:queue-full");
            assertThat(e.problem().extensions()).containsEntry("queued", 15L).containsEntry("limit", 15L);
        });
    }

    @Test
    void shouldJudgeByTheLastFiguresForAWhileAndThenLetAllIn() {
        // given
        waiting("a", 9);
        queues.refresh();
        queues.admit("a");
        projector.on(ScriptedProjector.STATS, ScriptedProjector.problem(503, "status-unavailable", Map.of()));

        // when, then
        clock.advance(QueueDepths.TRUST.minusMillis(1));
        queues.refresh();
        assertPluginFull("a", 10);
        clock.advance(Duration.ofMillis(1));
        queues.refresh();
        queues.admit("a");

        // when, then: the projectors are back
        waiting("a", 10);
        queues.refresh();
        assertPluginFull("a", 10);
    }

    @Test
    void shouldPassOverAnswersThatAreNoFigures() {
        // given
        waiting("a", 10);
        queues.refresh();

        // when
        projector.on(ScriptedProjector.STATS, ScriptedProjector.json("{}"));
        queues.refresh();
        projector.on(ScriptedProjector.STATS, ScriptedProjector.problem(404, "not-found", Map.of()));
        queues.refresh();

        // then
        assertPluginFull("a", 10);
    }

    @Test
    void shouldAskByItselfAsLongAsItRuns() {
        // given
        waiting("a", 10);

        // when
        queues.start();

        // then
        await().untilAsserted(() -> assertPluginFull("a", 10));
        waiting("a", 0);
        await().ignoreExceptions().until(() -> {
            queues.admit("a");
            return true;
        });
    }

    private void assertPluginFull(String plugin, long queued) {
        assertThatThrownBy(() -> queues.admit(plugin)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().status()).isEqualTo(429);
            assertThat(e.problem().type()).hasToString("urn:leat:problem:plugin-queue-full");
            assertThat(e.problem().extensions()).containsEntry("plugin", plugin)
                    .containsEntry("queued", queued)
                    .containsEntry("limit", 10L);
            assertThat(e.retryAfter()).hasValue(Duration.ofSeconds(5));
        });
    }

    private void waiting(String plugin, int queued) {
        projector.on(ScriptedProjector.STATS, ScriptedProjector.json(stats(plugin, queued)));
    }

    private static String stats(String plugin, int queued) {
        return "{\"byPlugin\":{\"" + plugin + "\":{\"queued\":" + queued + ",\"running\":100}}}";
    }
}
