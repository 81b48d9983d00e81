package dev.leat.submit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Speaks a projector's HTTP as a test tells it, faults included: what no real projector can be made to do. */
public final class ScriptedProjector implements AutoCloseable {

    /** How to answer a request. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    /** Where projectors have their counts of jobs. */
    public static final String STATS = "/internal/v1/stats";

    private static final Answer NOT_FOUND = problem(404, "job-not-found", Map.of());

    private final HttpServer server;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private ScriptedProjector(HttpServer server) {
        this.server = server;
    }

    public static ScriptedProjector start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ScriptedProjector projector = new ScriptedProjector(server);
            server.createContext("/", projector::serve);
            server.setExecutor(projector.requests);
            server.start();
            return projector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Answer json(String body) {
        return text(200, "application/json", body);
    }

    public static Answer problem(int status, String name, Map<String, String> headers) {
        return problem(status, name, headers, "");
    }

    /**
     * Answers with a problem.
     *
     * @param members further members, each with a comma before it
     */
    public static Answer problem(int status, String name, Map<String, String> headers, String members) {
        return exchange -> {
            headers.forEach((header, value) -> exchange.getResponseHeaders().set(header, value));
            text(status, "application/problem+json", """
                    {"type":"urn:leat:problem:%s","title":"%s","status":%d%s}""".formatted(name, name, status,
                    members)).to(exchange);
        };
    }

    public static Answer text(int status, String contentType, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        };
    }

    /** Says nothing until the projector is closed. */
    public Answer silence() {
        return _ -> awaitClose();
    }

    /** Begins an answer and says no more until the projector is closed. */
    public Answer halfAnAnswer() {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitClose();
        };
    }

    /** From now on, answers this path so; anything else with 404. */
    public ScriptedProjector on(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The paths and queries of all requests so far, but for the counts, which the API asks for all the time. */
    public List<String> asked() {
        return asked.stream().filter(path -> !path.equals(STATS)).toList();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestURI().toString());
            answers.getOrDefault(exchange.getRequestURI().getPath(), answers.getOrDefault("*", NOT_FOUND))
                    .to(exchange);
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        requests.shutdownNow();
    }
}
