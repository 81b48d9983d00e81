package dev.leat.submit.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.json.LeatJson;
import dev.leat.submit.ScriptedProjector;
import dev.leat.submit.ScriptedProjector.Answer;
import dev.leat.testkit.ManualClock;

class ProjectorClientTest {

    private static final ObjectMapper JSON = LeatJson.newMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final String PATH = "/internal/v1/jobs/1";

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final ScriptedProjector one = ScriptedProjector.start();
    private final ScriptedProjector two = ScriptedProjector.start();
    private final ProjectorClient client = new ProjectorClient(List.of(one.uri(), two.uri()), TIMEOUT, JSON, clock);

    /** What makes a projector be passed over; made for the projector that is to do it. */
    record Fault(String name, Function<ScriptedProjector, Answer> answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    @AfterEach
    void close() {
        client.close();
        one.close();
        two.close();
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault("in transition",
                        _ -> ScriptedProjector.problem(503, "stores-in-transition", Map.of("Retry-After", "3"))),
                new Fault("failing", _ -> ScriptedProjector.problem(500, "internal-error", Map.of())),
                new Fault("silent", ScriptedProjector::silence),
                new Fault("stuck in its body", ScriptedProjector::halfAnAnswer),
                new Fault("not JSON", _ -> ScriptedProjector.json("{\"id\":")),
                new Fault("two values", _ -> ScriptedProjector.json("{} {}")),
                new Fault("empty", _ -> ScriptedProjector.json("")),
                new Fault("not called JSON", _ -> ScriptedProjector.text(200, "text/html", "{}")),
                new Fault("somebody else's 404", _ -> ScriptedProjector.text(404, "text/html", "<h1>Not Found</h1>")),
                new Fault("a redirect", _ -> exchange -> {
                    exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
                    exchange.sendResponseHeaders(302, -1);
                }));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void shouldGoOnToTheNextProjector(Fault fault) {
        // given
        one.on("*", fault.answer().apply(one));
        two.on("*", ScriptedProjector.json("{\"n\":1}"));

        // when
        List<String> answers = Stream.generate(() -> client.get(PATH)).limit(2).map(answer -> text(answer)).toList();

        // then
        assertThat(answers).containsOnly("{\"n\":1}");
        assertThat(one.asked()).hasSize(1);
        assertThat(client.answering()).containsEntry(one.uri(), false).containsEntry(two.uri(), true);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void shouldSayThatNoneAnswersInBoundedTime(Fault fault) {
        // given
        one.on("*", fault.answer().apply(one));
        two.on("*", fault.answer().apply(two));

        // when
        long start = System.nanoTime();
        assertThatThrownBy(() -> client.get(PATH)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().status()).isEqualTo(503);
            assertThat(e.problem().type()).hasToString("urn:leat:problem:status-unavailable");
            assertThat(e.retryAfter()).hasValue(Duration.ofSeconds(fault.name().equals("in transition") ? 3 : 1));
        });

        // then: two timeouts, and the slack of a busy machine
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(2).plusSeconds(2));
        assertThat(one.asked()).hasSize(1);
        assertThat(two.asked()).hasSize(1);
    }

    @Test
    void shouldGiveAnAnswerThatIsHeldBackSoMuchMoreTime() throws Exception {
        // given
        CountDownLatch ended = new CountDownLatch(1);
        one.on("*", exchange -> {
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ScriptedProjector.json("{}").to(exchange);
        });

        // when
        CompletableFuture<ProjectorAnswer> answer = CompletableFuture
                .supplyAsync(() -> client.get(_ -> PATH, Duration.ofMinutes(1)));
        await().during(TIMEOUT.multipliedBy(3)).until(() -> !answer.isDone());
        ended.countDown();

        // then
        assertThat(answer.get(10, TimeUnit.SECONDS).isFound()).isTrue();
        assertThat(two.asked()).isEmpty();
    }

    @Test
    void shouldAskTheNextWithWhatIsLeftOfTheWait() {
        // given
        Duration wait = Duration.ofMillis(500);
        one.on("*", one.silence());
        two.on("*", ScriptedProjector.json("{}"));

        // when
        ProjectorAnswer answer = client.get(left -> PATH + "?left=" + left.toMillis(), wait);

        // then: the first had all of the wait, so that the second gets none, and still its time to answer
        assertThat(answer.isFound()).isTrue();
        assertThat(one.asked()).singleElement().asString().isNotEqualTo(PATH + "?left=0");
        assertThat(two.asked()).containsExactly(PATH + "?left=0");
    }

    @Test
    void shouldGoOnWhereNobodyListens() {
        // given
        ScriptedProjector gone = ScriptedProjector.start();
        URI uri = gone.uri();
        gone.close();
        two.on("*", ScriptedProjector.json("{}"));

        // when, then
        try (ProjectorClient withGone = new ProjectorClient(List.of(uri, two.uri()), TIMEOUT, JSON, clock)) {
            assertThat(withGone.get(PATH).isFound()).isTrue();
        }
    }

    @Test
    void shouldHandOnWhatTheProjectorRefuses() {
        // given
        one.on("*", ScriptedProjector.problem(409, "job-not-finished", Map.of()));
        two.on("*", ScriptedProjector.problem(409, "job-not-finished", Map.of()));

        // when
        ProjectorAnswer answer = client.get(PATH);

        // then
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.isFound()).isFalse();
        assertThat(text(answer)).contains("job-not-finished");
    }

    @Test
    void shouldSpreadRequestsAndLeaveOneThatFailedAloneForAWhile() {
        // given
        one.on("*", ScriptedProjector.problem(503, "x", Map.of()));
        two.on("*", ScriptedProjector.json("{}"));

        // when
        Stream.generate(() -> client.get(PATH)).limit(10).forEach(answer -> assertThat(answer.isFound()).isTrue());
        int whileSuspect = one.asked().size();
        one.on("*", ScriptedProjector.json("{}"));
        clock.advance(Projectors.SUSPICION);
        Stream.generate(() -> client.get(PATH)).limit(10).forEach(answer -> assertThat(answer.isFound()).isTrue());

        // then
        assertThat(whileSuspect).isEqualTo(1);
        assertThat(one.asked()).hasSize(whileSuspect + 5);
    }

    private static String text(ProjectorAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
