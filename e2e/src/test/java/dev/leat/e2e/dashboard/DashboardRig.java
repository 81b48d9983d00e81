package dev.leat.e2e.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

import dev.leat.domain.Lane;
import dev.leat.projector.ProjectorOptions;
import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Topics;
import dev.leat.submit.ApiOptions;
import dev.leat.testkit.KafkaCluster;
import dev.leat.worker.WorkerOptions;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;

/** Worker and projector in one context and the API in another, so that the API, which serves the page, can be away. */
final class DashboardRig implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration READY = Duration.ofSeconds(90);
    static final int SLOTS = 4;
    /** So many of the slots one plugin alone does not get. */
    static final int KEPT = 1;
    /** So many operations of a batch become jobs at once. */
    private static final int WINDOW = 20_000;
    private static final Set<String> OPEN = Set.of("scheduled", "queued", "running", "retrying");

    private final Settings settings;
    private final int apiPort = freePort();
    private final String bootstrapServers;
    private final Topics topics;
    private final ApplicationContext backend;
    private final HttpClient http = HttpClient.newHttpClient();
    private ApplicationContext api;

    private DashboardRig(KafkaCluster cluster, Path folder) throws IOException {
        bootstrapServers = cluster.bootstrapServers();
        topics = new Topics(cluster.newPrefix());
        int backendPort = freePort();
        settings = Settings.of(OptionCatalog.of(ServiceOptions.class, ApiOptions.class, ProjectorOptions.class,
                WorkerOptions.class),
                Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                        "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", topics.prefix(),
                        "leat.partitions", "4", "leat.projector.standbys", "0",
                        "leat.projector.state.dir", folder.resolve("projector").toString(),
                        "leat.projector.batch.window", String.valueOf(WINDOW),
                        "leat.worker.slots", String.valueOf(SLOTS), "leat.worker.slots.kept", String.valueOf(KEPT),
                        "leat.api.projectors", "http://127.0.0.1:" + backendPort));
        backend = start(Set.of("worker", "projector"), backendPort);
        api = start(Set.of("api"), apiPort);
        awaitReady(URI.create("http://127.0.0.1:" + backendPort));
        awaitReady(url());
        Awaitility.await("the job types")
                .atMost(READY)
                .until(() -> json("/api/v1/job-types").path("jobTypes").size() > 10);
    }

    /** Starts all of it, with state in a folder of its own, and returns when it is ready. */
    static DashboardRig start(KafkaCluster cluster) {
        try {
            return new DashboardRig(cluster, Files.createTempDirectory("leat-dashboard-"));
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to start Leat for the dashboard", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private ApplicationContext start(Set<String> roles, int port) {
        Map<String, Object> properties = new HashMap<>(
                Map.of("micronaut.server.port", port, "micronaut.server.host", "127.0.0.1"));
        roles.forEach(role -> properties.put("leat.roles." + role, true));
        ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .banner(false)
                .properties(properties)
                .singletons(settings)
                .start();
        context.getBean(EmbeddedServer.class).start();
        return context;
    }

    private void awaitReady(URI server) {
        HttpRequest probe = HttpRequest.newBuilder(server.resolve("/health/readiness")).build();
        Awaitility.await(server.toString())
                .atMost(READY)
                .ignoreExceptions()
                .until(() -> http.send(probe, BodyHandlers.discarding()).statusCode() == 200);
    }

    /** Where the page is; also after the API was started again. */
    URI url() {
        return URI.create("http://127.0.0.1:" + apiPort);
    }

    /** Puts a record on a lane that nobody can read. */
    void writeGarbage() {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers),
                new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topics.jobs("demo", Lane.NORMAL), "somebody", new byte[]{7, 7, 7}))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("Expected Kafka to take a record", e);
        }
    }

    void stopApi() {
        api.close();
    }

    void startApi() {
        api = start(Set.of("api"), apiPort);
        awaitReady(url());
    }

    JsonNode json(String path) {
        return send("GET", path, "application/json", "");
    }

    /** Sends JSON, or lines of it, and gives back the answer. */
    JsonNode send(String method, String path, String type, String body) {
        try {
            HttpResponse<String> response = http.send(HttpRequest.newBuilder(url().resolve(path))
                    .header("Content-Type", type)
                    .method(method, BodyPublishers.ofString(body))
                    .build(), BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        "Expected " + method + " " + path + " to be accepted, but: " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("Expected an answer to " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode post(String path, String body) {
        return send("POST", path, "application/json", body);
    }

    /** Submits a job and returns its id. */
    String submit(String body) {
        return post("/api/v1/jobs", body).path("id").asText();
    }

    /** Asks for the job to end, if it has not, and waits until it has. */
    void end(String id) {
        Awaitility.await("job " + id + " to end").atMost(READY).pollInterval(Duration.ofMillis(100)).until(() -> {
            JsonNode job = json("/api/v1/jobs/" + id);
            if (OPEN.contains(job.path("status").asText())) {
                send("DELETE", "/api/v1/jobs/" + id, "application/json", "");
            }
            return job.has("finishedAt");
        });
    }

    JsonNode awaitStatus(String id, String status) {
        return Awaitility.await("job " + id + " to be " + status)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> json("/api/v1/jobs/" + id), job -> job.path("status").asText().equals(status));
    }

    @Override
    public void close() {
        http.shutdownNow();
        api.close();
        backend.close();
    }
}
