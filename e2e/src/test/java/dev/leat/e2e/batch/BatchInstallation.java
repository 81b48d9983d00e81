package dev.leat.e2e.batch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.awaitility.Awaitility;

import dev.leat.projector.ProjectorOptions;
import dev.leat.runtime.json.ParamsValidator;
import dev.leat.runtime.kafka.ConfiguredCodecs;
import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Topics;
import dev.leat.submit.ApiOptions;
import dev.leat.testkit.KafkaCluster;
import dev.leat.worker.Worker;
import dev.leat.worker.WorkerOptions;
import dev.leat.worker.plugin.PluginCatalog;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;

/** API, projector and worker in one process, each started by itself, so that the projector can come and go. */
final class BatchInstallation implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration READY = Duration.ofSeconds(90);

    private final Settings settings;
    private final int projectorPort;
    private final Worker worker;
    private final ApplicationContext api;
    private final URI url;
    private final HttpClient http = HttpClient.newHttpClient();
    private ApplicationContext projector;

    BatchInstallation(KafkaCluster cluster, Path folder, StepPlugin plugin, Map<String, String> more)
            throws IOException, InterruptedException {
        String prefix = cluster.newPrefix();
        projectorPort = freePort();
        Map<String, String> options = new HashMap<>(Map.of(
                "leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(),
                "leat.topic.prefix", prefix,
                "leat.partitions", "4",
                "leat.projector.standbys", "0",
                "leat.projector.state.dir", folder.resolve("projector").toString(),
                "leat.worker.slots", "4",
                "leat.api.projectors", "http://127.0.0.1:" + projectorPort));
        options.putAll(more);
        settings = Settings.of(OptionCatalog.of(ServiceOptions.class, ApiOptions.class, ProjectorOptions.class,
                WorkerOptions.class), options);
        worker = new Worker(settings, ConfiguredCodecs.of(settings, new Topics(prefix), Duration.ZERO),
                PluginCatalog.of(List.of(plugin), new ParamsValidator()), InstantSource.system());
        worker.start();
        projector = start("leat.roles.projector", projectorPort);
        api = start("leat.roles.api", -1);
        url = api.getBean(EmbeddedServer.class).getURI();
        awaitReady("http://127.0.0.1:" + projectorPort);
        awaitReady(url.toString());
        Awaitility.await().atMost(READY).until(worker::isReady);
        Awaitility.await().atMost(READY).until(() -> get("/api/v1/job-types/steps:step").statusCode() == 200);
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private ApplicationContext start(String role, int port) {
        ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .banner(false)
                .properties(Map.of(role, "true", "micronaut.server.port", port, "micronaut.server.host", "127.0.0.1"))
                .singletons(settings)
                .start();
        context.getBean(EmbeddedServer.class).start();
        return context;
    }

    private void awaitReady(String address) {
        Awaitility.await()
                .atMost(READY)
                .ignoreExceptions()
                .until(() -> http.send(HttpRequest.newBuilder(URI.create(address + "/health/readiness")).build(),
                        BodyHandlers.ofString()).statusCode() == 200);
    }

    void stopProjector() {
        projector.close();
    }

    void startProjector() {
        projector = start("leat.roles.projector", projectorPort);
        awaitReady("http://127.0.0.1:" + projectorPort);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(url.resolve(path)).build(), BodyHandlers.ofString());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path).body());
    }

    HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(url.resolve(path))
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body))
                .build(), BodyHandlers.ofString());
    }

    /** Submits lines and returns the batch's id. */
    String submit(String lines) throws IOException, InterruptedException {
        HttpResponse<String> accepted = send("POST", "/api/v1/batches", "application/x-ndjson", lines);
        if (accepted.statusCode() != 202) {
            throw new IllegalStateException("Expected 202, but got " + accepted.statusCode() + " " + accepted.body());
        }
        return JSON.readTree(accepted.body()).path("id").asText();
    }

    JsonNode batch(String id) throws IOException, InterruptedException {
        return json("/api/v1/batches/" + id);
    }

    /** Polls the batch until it has this status. */
    JsonNode awaitStatus(String id, String status) {
        return Awaitility.await("batch " + id + " to be " + status)
                .atMost(READY)
                .ignoreExceptions()
                .until(() -> batch(id), batch -> batch.path("status").asText().equals(status));
    }

    @Override
    public void close() {
        http.shutdownNow();
        api.close();
        worker.stop();
        projector.close();
    }
}
