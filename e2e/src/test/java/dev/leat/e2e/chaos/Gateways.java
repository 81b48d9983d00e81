package dev.leat.e2e.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.JobId;
import dev.leat.domain.JobState;

/** The API's instances as a client sees them that knows them all, and asks them in turn. Thread-safe. */
final class Gateways implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<URI> instances;
    private final AtomicInteger turn = new AtomicInteger();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    Gateways(List<URI> instances) {
        this.instances = List.copyOf(instances);
    }

    /** What came of a submission. */
    sealed interface Answer {

        /** The job is in the log. */
        record Accepted(JobId job) implements Answer {}

        /** Another job has its key. */
        record Refused() implements Answer {}

        /** Nobody took it, or nobody knows; to be tried again. */
        record Unavailable() implements Answer {}

        /** What no instance may answer, whatever has gone wrong. */
        record Unexpected(String text) implements Answer {}
    }

    /** What one instance says. */
    record Reply(int status, JsonNode body) {}

    /**
     * Asks one instance for anything.
     *
     * @param body JSON; blank for none
     * @return empty where no answer came
     */
    Optional<Reply> ask(String method, String path, String body) {
        try {
            HttpResponse<String> response = send(path, request -> body.isBlank()
                    ? request.method(method, BodyPublishers.noBody())
                    : request.header("Content-Type", "application/json")
                            .method(method, BodyPublishers.ofString(body)));
            return Optional.of(new Reply(response.statusCode(), JSON.readTree(response.body())));
        } catch (IOException broken) {
            return Optional.empty();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** How many batches have not ended; empty where the instance does not know. */
    Optional<Long> openBatches() {
        return ask("GET", "/api/v1/batches?limit=500", "").filter(reply -> reply.status() == 200)
                .map(reply -> StreamSupport.stream(reply.body().path("batches").spliterator(), false)
                        .filter(batch -> !batch.hasNonNull("finishedAt"))
                        .count());
    }

    /** Submits to one instance. */
    Answer submit(String body) throws InterruptedException {
        try {
            HttpResponse<String> response = send("/api/v1/jobs",
                    request -> request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
            return switch (response.statusCode()) {
                case 202 ->
                    new Answer.Accepted(JobId.parse(JSON.readTree(response.body()).path("id").asText()));
                case 409 -> new Answer.Refused();
                case 503 -> new Answer.Unavailable();
                default -> new Answer.Unexpected(response.statusCode() + " " + response.body());
            };
        } catch (IOException broken) {
            return new Answer.Unavailable();
        }
    }

    /** Asks one instance to cancel the job, which it may or may not do. */
    void cancel(JobId job) throws InterruptedException {
        try {
            var _ = send("/api/v1/jobs/" + job, HttpRequest.Builder::DELETE);
        } catch (IOException broken) {
            // Then it goes on.
        }
    }

    /** What one instance says of the job; empty where it does not know or does not answer. */
    Optional<JobState> state(JobId job) throws InterruptedException {
        return json("/api/v1/jobs/" + job).flatMap(found -> JobState.ofWireName(found.path("status").asText()));
    }

    /** How many jobs have not ended; empty where the instance does not know. */
    Optional<Long> openJobs() throws InterruptedException {
        return json("/api/v1/stats").map(stats -> {
            long open = 0;
            for (JobState state : JobState.values()) {
                open += state.isTerminal() ? 0 : stats.path("jobs").path(state.wireName()).asLong();
            }
            return open;
        });
    }

    private Optional<JsonNode> json(String path) throws InterruptedException {
        try {
            HttpResponse<String> response = send(path, request -> request);
            return response.statusCode() == 200 ? Optional.of(JSON.readTree(response.body())) : Optional.empty();
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    private HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> request)
            throws IOException, InterruptedException {
        URI instance = instances.get(Math.floorMod(turn.getAndIncrement(), instances.size()));
        return http.send(request.apply(HttpRequest.newBuilder(instance.resolve(path)).timeout(TIMEOUT)).build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
