package dev.leat.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Leat's HTTP API, as far as the benchmarks use it. Thread-safe. */
final class LeatClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    LeatClient(URI server) {
        this.server = server;
    }

    /** Submits a job and returns its id. */
    String submit(String body) throws InterruptedException {
        return send(HttpRequest.newBuilder(server.resolve("/api/v1/jobs"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(), 202).path("id").asText();
    }

    /** Asks for a job to be cancelled. */
    void cancel(String id) throws InterruptedException {
        var _ = send(HttpRequest.newBuilder(server.resolve("/api/v1/jobs/" + id)).DELETE().build(), 202);
    }

    /** The job; nothing is in it where it does not show yet. */
    JsonNode job(String id) throws InterruptedException {
        return send(HttpRequest.newBuilder(server.resolve("/api/v1/jobs/" + id)).build(), 200, 404);
    }

    long completedJobs() throws InterruptedException {
        return send(HttpRequest.newBuilder(server.resolve("/api/v1/stats")).build(), 200).at("/jobs/completed")
                .asLong();
    }

    /** How many jobs have not ended. */
    long openJobs() throws InterruptedException {
        JsonNode jobs = send(HttpRequest.newBuilder(server.resolve("/api/v1/stats")).build(), 200).path("jobs");
        return Stream.of("scheduled", "queued", "running", "retrying")
                .mapToLong(state -> jobs.path(state).asLong())
                .sum();
    }

    void pause(String plugin) throws InterruptedException {
        order(plugin, "pause");
    }

    void resume(String plugin) throws InterruptedException {
        order(plugin, "resume");
    }

    private void order(String plugin, String what) throws InterruptedException {
        var _ = send(HttpRequest.newBuilder(server.resolve("/api/v1/plugins/" + plugin + "/" + what))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(), 200);
    }

    private JsonNode send(HttpRequest request, Integer... expected) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (!List.of(expected).contains(response.statusCode())) {
                throw new IllegalStateException("Expected " + List.of(expected) + " from " + request.method() + " "
                        + request.uri() + ", but got " + response.statusCode() + ": " + new String(response.body(),
                                java.nio.charset.StandardCharsets.UTF_8));
            }
            return JSON.readTree(response.body());
        } catch (IOException unreachable) {
            throw new UncheckedIOException("Expected Leat at " + server + ", but " + unreachable.getMessage(),
                    unreachable);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        try {
            http.awaitTermination(Duration.ofSeconds(2));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
