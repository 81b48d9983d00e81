package dev.leat.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.leat.cli.CommandFailedException;
import dev.leat.cli.Exit;

class EventStreamTest {

    private static final Query QUERY = Query.of("jobs", "1", "progress");

    /** What the server answers, one after the other; the last one again and again. */
    private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();
    private final List<String> resumedBehind = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private ApiClient api;

    private record Answer(int status, String type, String body) {

        static Answer events(String body) {
            return new Answer(200, "text/event-stream", body);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/jobs/1/progress", exchange -> {
            resumedBehind.add(String.valueOf(exchange.getRequestHeaders().getFirst("Last-Event-ID")));
            Answer answer = answers.size() > 1 ? answers.pop() : answers.getFirst();
            exchange.getResponseHeaders().add("Content-Type", answer.type());
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        api = new ApiClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
    }

    @AfterEach
    void stop() {
        api.close();
        server.stop(0);
    }

    private static List<Signal> upTo(EventStream stream, Class<?> last) throws InterruptedException {
        List<Signal> signals = new ArrayList<>();
        do {
            signals.add(stream.next(Duration.ofSeconds(20)));
        } while (!last.isInstance(signals.getLast()) && !(signals.getLast() instanceof Signal.Silence));
        return signals;
    }

    @Test
    void shouldResumeBehindTheLastEventUntilTheServerSaysThatItIsOver() throws InterruptedException {
        answers.add(Answer.events("retry: 1\n\nevent: state\nid: p1\ndata: {}\n\nevent: progress\nid: p2\ndata: half"));
        answers.add(Answer.events("event: complete\nid: p3\ndata: {}\n\n"));
        answers.add(new Answer(204, "text/event-stream", ""));

        try (EventStream stream = EventStream.open(api, QUERY)) {
            assertThat(upTo(stream, Signal.Over.class)).containsExactly(
                    new Signal.Happened(new ServerSentEvent("state", "p1", "{}")),
                    new Signal.Lost("the server closed it", Duration.ofMillis(1)),
                    new Signal.Happened(new ServerSentEvent("complete", "p3", "{}")),
                    new Signal.Lost("the server closed it", Duration.ofMillis(1)),
                    new Signal.Over());
        }
        assertThat(resumedBehind).containsExactly("null", "p1", "p3");
    }

    @Test
    void shouldTryAgainWhereTheServerCannotAnswerForAWhile() throws InterruptedException {
        answers.add(Answer.events("retry: 1\n\nid: p1\ndata: {}\n\n"));
        answers.add(new Answer(503, "application/problem+json", "{}"));
        answers.add(new Answer(503, "application/problem+json", "{}"));
        answers.add(new Answer(204, "text/event-stream", ""));

        try (EventStream stream = EventStream.open(api, QUERY)) {
            assertThat(upTo(stream, Signal.Over.class)).hasSize(5)
                    .contains(new Signal.Lost("the server does not answer", Duration.ofMillis(2)));
        }
    }

    /** Which is how a server says to who comes back that it cannot answer. */
    @Test
    void shouldTakeAStreamWithNothingInItForNoAnswer() throws InterruptedException {
        answers.add(Answer.events("retry: 1\n\nid: p1\ndata: {}\n\n"));
        answers.add(Answer.events("retry: 1\n\n"));
        answers.add(Answer.events("retry: 1\n\n"));
        answers.add(new Answer(204, "text/event-stream", ""));

        try (EventStream stream = EventStream.open(api, QUERY)) {
            assertThat(upTo(stream, Signal.Over.class)).hasSize(5)
                    .contains(new Signal.Lost("the server does not answer", Duration.ofMillis(2)));
        }
    }

    @Test
    void shouldSayWhyTheServerRefusesTheStream() {
        answers.add(new Answer(404, "application/problem+json", """
                {"type": "urn:leat:problem:job-not-found", "status": 404, "detail": "There is no job 1."}"""));

        try (EventStream stream = EventStream.open(api, QUERY)) {
            assertThatThrownBy(() -> stream.next(Duration.ofSeconds(20))).isInstanceOf(ApiProblemException.class)
                    .hasMessage("There is no job 1.")
                    .extracting(failure -> ((CommandFailedException) failure).exit()).isEqualTo(Exit.NOT_FOUND);
        }
    }

    @Test
    void shouldGiveUpAtOnceWhereNobodyAnswersAtFirst() {
        server.stop(0);

        try (EventStream stream = EventStream.open(api, QUERY)) {
            assertThatThrownBy(() -> stream.next(Duration.ofSeconds(20)))
                    .isInstanceOf(ServerUnreachableException.class)
                    .hasMessageStartingWith("Expected Leat to answer at http://127.0.0.1:");
        }
    }
}
