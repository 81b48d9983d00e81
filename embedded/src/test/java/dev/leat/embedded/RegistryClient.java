package dev.leat.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Asks a registry as a client in another language would. */
record RegistryClient(String url, HttpClient http) {

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** What came back. */
    record Answer(int status, JsonNode body) {
        int code() {
            return body.path("error_code").asInt();
        }
    }

    static RegistryClient of(EmbeddedRegistry registry) {
        return new RegistryClient(registry.url(), HttpClient.newHttpClient());
    }

    int register(String subject, String schema) throws IOException, InterruptedException {
        Answer answer = post("/subjects/" + subject + "/versions", Map.of("schema", schema));
        if (answer.status() != 200) {
            throw new AssertionError("Expected " + subject + " to be registered, but " + answer);
        }
        return answer.body().path("id").asInt();
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    Answer post(String path, Object body) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.ofString(MAPPER.writeValueAsString(body))).build());
    }

    Answer put(String path, Object body) throws IOException, InterruptedException {
        return send(request(path).PUT(BodyPublishers.ofString(MAPPER.writeValueAsString(body))).build());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", MEDIA_TYPE).header("Accept",
                MEDIA_TYPE);
    }

    Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (!response.headers().firstValue("Content-Type").orElse("none").equals(MEDIA_TYPE)) {
            throw new AssertionError("Expected an answer of type " + MEDIA_TYPE + ", but " + response.headers());
        }
        return new Answer(response.statusCode(), MAPPER.readTree(response.body()));
    }
}
