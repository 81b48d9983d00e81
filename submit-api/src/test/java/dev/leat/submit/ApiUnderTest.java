package dev.leat.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;

/** The API as a process would run it, on a free port, and a client that holds each answer against the document. */
public final class ApiUnderTest implements AutoCloseable {

    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ApiDocument document = ApiDocument.load();

    /** An answer and what it says. */
    public record Reply(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public JsonNode json() {
            try {
                return new ObjectMapper().readTree(body());
            } catch (IOException e) {
                throw new UncheckedIOException("Expected JSON, but got " + body(), e);
            }
        }

        /** The last part of a problem's type. */
        public String problem() {
            return json().path("type").asText().replace("urn:leat:problem:", "");
        }
    }

    private ApiUnderTest(ApplicationContext context) {
        this.context = context;
        this.server = context.getBean(EmbeddedServer.class).start();
    }

    public static Settings settings(Map<String, String> options) {
        Map<String, String> values = new HashMap<>(Map.of("leat.partitions", "4"));
        values.putAll(options);
        return Settings.of(OptionCatalog.of(ServiceOptions.class, ApiOptions.class), values);
    }

    public static ApiUnderTest start(Settings settings) {
        return start(settings, Map.of());
    }

    /**
     * Starts it with beans of a test.
     *
     * @param properties that they ask for
     */
    public static ApiUnderTest start(Settings settings, Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(Map.of("leat.roles.api", "true", "micronaut.server.port", "-1",
                "micronaut.server.host", "127.0.0.1"));
        all.putAll(properties);
        return new ApiUnderTest(ApplicationContext.builder()
                .deduceEnvironment(false)
                .singletons(settings)
                .properties(all)
                .start());
    }

    public ApplicationContext context() {
        return context;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getPort() + path);
    }

    public Reply submit(String body) {
        return send("POST", "/api/v1/jobs", body, Map.of("Content-Type", "application/json"));
    }

    public Reply get(String path) {
        return send("GET", path, "", Map.of());
    }

    public Reply delete(String path) {
        return send("DELETE", path, "", Map.of());
    }

    /** Sends a request and checks that the answer is a documented one. */
    public Reply send(String method, String path, String body, Map<String, String> headers) {
        Reply reply = sendUnchecked(method, path, BodyPublishers.ofString(body), headers);
        document.check(method, path.replaceAll("\\?.*", ""), reply.status(), reply.header("Content-Type"),
                reply.body());
        return reply;
    }

    public Reply sendUnchecked(String method, String path, HttpRequest.BodyPublisher body,
            Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body);
        headers.forEach(request::header);
        try {
            return new Reply(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException("Expected an answer to " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        context.close();
    }
}
