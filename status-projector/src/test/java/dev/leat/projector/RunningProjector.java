package dev.leat.projector;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.awaitility.Awaitility;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;

import dev.leat.runtime.json.LeatJson;
import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.testkit.KafkaCluster;

/** A projector as the launcher starts it: an application context with an HTTP server on a free port. */
final class RunningProjector implements AutoCloseable {

    static final int PARTITIONS = 4;
    private static final Duration READY = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = LeatJson.newMapper();

    private final ApplicationContext context;
    private final EmbeddedServer server;

    private RunningProjector(ApplicationContext context) {
        this.context = context;
        this.server = context.getBean(EmbeddedServer.class).start();
    }

    /** An answer with its body as JSON. */
    record Answer(int status, HttpResponse<String> response, JsonNode json) {}

    static Settings settings(KafkaCluster cluster, String prefix, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(),
                "leat.topic.prefix", prefix,
                "leat.partitions", Integer.toString(PARTITIONS)));
        values.putAll(more);
        return Settings.of(OptionCatalog.of(ServiceOptions.class, ProjectorOptions.class), values);
    }

    static RunningProjector start(KafkaCluster cluster, String prefix, Path stateDir) {
        return start(settings(cluster, prefix,
                Map.of("leat.projector.state.dir", stateDir.toString(), "leat.projector.threads", "1")));
    }

    static RunningProjector start(Settings settings) {
        return new RunningProjector(ApplicationContext.builder()
                .properties(Map.of("leat.roles.projector", "true", "micronaut.server.port", -1,
                        "micronaut.server.host", "127.0.0.1", "endpoints.health.details-visible", "ANONYMOUS"))
                .singletons(settings)
                .banner(false)
                .start());
    }

    RunningProjector awaitReady() {
        Awaitility.await().atMost(READY).until(() -> get("/health/readiness").status() == 200);
        return this;
    }

    Projector projector() {
        return context.getBean(Projector.class);
    }

    Answer get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.getURI() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response, JSON.readTree(response.body()));
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        context.close();
    }
}
