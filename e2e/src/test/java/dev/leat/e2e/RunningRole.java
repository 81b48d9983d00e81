package dev.leat.e2e;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.awaitility.Awaitility;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;

import dev.leat.projector.ProjectorOptions;
import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiOptions;
import dev.leat.testkit.KafkaCluster;
import dev.leat.worker.WorkerOptions;

/**
 * One role of Leat in this process: its own context and HTTP server, as the launcher makes them, in a fraction of the time
 * that a process takes. For what needs several instances and none to be killed.
 */
final class RunningRole implements AutoCloseable {

    private static final OptionCatalog OPTIONS = OptionCatalog.of(ServiceOptions.class, ApiOptions.class,
            WorkerOptions.class, ProjectorOptions.class);
    private static final Duration READY = Duration.ofSeconds(60);

    private final ApplicationContext context;
    private final EmbeddedServer server;

    private RunningRole(ApplicationContext context) {
        this.context = context;
        this.server = context.getBean(EmbeddedServer.class).start();
    }

    /**
     * Starts a role and returns when it is ready.
     *
     * @param role {@code api}, {@code worker} or {@code projector}
     * @param options by key, beside those that name the broker and the topics
     */
    static RunningRole start(KafkaCluster cluster, String prefix, String role, Map<String, String> options) {
        Map<String, String> values = new HashMap<>(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", prefix,
                "leat.partitions", "4"));
        values.putAll(options);
        RunningRole started = new RunningRole(ApplicationContext.builder()
                .deduceEnvironment(false)
                .banner(false)
                .properties(Map.of("leat.roles." + role, true, "micronaut.server.host", "127.0.0.1",
                        "micronaut.server.port", -1))
                .singletons(Settings.of(OPTIONS, values))
                .start());
        try (LeatApi http = new LeatApi(started.url())) {
            Awaitility.await(role).atMost(READY).until(() -> http.get("/health/readiness").statusCode() == 200);
        }
        return started;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    @Override
    public void close() {
        context.close();
    }
}
