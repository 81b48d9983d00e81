package dev.leat.cli.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Requests to one server. Thread-safe; calls block, for half a minute at most beyond what they ask the server to wait.
 * What goes wrong comes as a {@link dev.leat.cli.CommandFailedException} whose message is for the user.
 */
public final class ApiClient implements AutoCloseable {

    /** Its tree model alone: no classes are bound. */
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final String ROOT = "/api/v1";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** A large batch is checked and written before it is answered. */
    private static final Duration UPLOAD = Duration.ofMinutes(10);

    private final URI server;
    private final HttpClient http;

    /** For the server at this address, which may have a path in front of Leat's own. */
    public ApiClient(URI server) {
        this.server = server;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    /** Where requests go. */
    public URI server() {
        return server;
    }

    /** The answer's JSON. */
    public JsonNode get(Query query) throws InterruptedException {
        return get(query, Duration.ZERO);
    }

    /**
     * The answer's JSON.
     *
     * @param wait how long the query asks the server to wait
     */
    public JsonNode get(Query query, Duration wait) throws InterruptedException {
        return json(request(query, ANSWER.plus(wait)).GET());
    }

    /** Sends a body, and headers with it. */
    public JsonNode post(Query query, JsonNode body, Map<String, String> headers) throws InterruptedException {
        HttpRequest.Builder request = request(query, ANSWER).POST(of(body)).header("Content-Type", "application/json");
        headers.forEach(request::header);
        return json(request);
    }

    /** Asks for something that needs no body. */
    public JsonNode post(Query query) throws InterruptedException {
        return json(request(query, ANSWER).POST(BodyPublishers.noBody()));
    }

    /** Sends lines of JSON as they come. */
    public JsonNode postLines(Query query, Supplier<InputStream> lines) throws InterruptedException {
        return json(request(query, UPLOAD).POST(BodyPublishers.ofInputStream(lines))
                .header("Content-Type", "application/x-ndjson"));
    }

    /** Puts a body in the place of what is there. */
    public JsonNode put(Query query, JsonNode body) throws InterruptedException {
        return json(request(query, ANSWER).PUT(of(body)).header("Content-Type", "application/json"));
    }

    /** Deletes, or asks to cancel. */
    public JsonNode delete(Query query) throws InterruptedException {
        return json(request(query, ANSWER).DELETE());
    }

    /** Opens a stream of events; whoever gets it closes its lines. */
    HttpResponse<Stream<String>> events(Query query, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(query)).header("Accept", "text/event-stream");
        headers.forEach(request::header);
        return http.send(request.GET().build(), BodyHandlers.ofLines());
    }

    private HttpRequest.Builder request(Query query, Duration timeout) {
        return HttpRequest.newBuilder(uri(query)).timeout(timeout).header("Accept", "application/json");
    }

    private URI uri(Query query) {
        return URI.create(server.toString().replaceFirst("/+$", "") + ROOT + query);
    }

    private static BodyPublisher of(JsonNode body) {
        return BodyPublishers.ofString(body.toString());
    }

    private JsonNode json(HttpRequest.Builder request) throws InterruptedException {
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException away) {
            throw ServerUnreachableException.of(server, away);
        }
        return answer(response, response.body());
    }

    /** The JSON of an answer that is one of Leat's and good. */
    JsonNode answer(HttpResponse<?> response, String body) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        boolean refused = response.statusCode() >= 400;
        if (!(refused ? type.startsWith("application/problem+json") : type.contains("json") || body.isEmpty())) {
            throw ServerUnreachableException.notLeat(server, response.statusCode(), type);
        }
        JsonNode json = read(response, body);
        if (refused) {
            throw new ApiProblemException(Problem.of(response.statusCode(), json));
        }
        return json;
    }

    private JsonNode read(HttpResponse<?> response, String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException noJson) {
            throw ServerUnreachableException.notLeat(server, response.statusCode(), "something that is no JSON");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
