package dev.leat.worker;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;

import dev.leat.domain.Fact;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** What whoever runs a worker sees of it, over HTTP. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(120)
class WorkerHealthTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void shouldBeDownOnceAllSlotsAreLostAndUpAgainWithTheFirstThatComesBack(KafkaCluster cluster) throws Exception {
        try (WorkerRig rig = new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(),
                cluster.newPrefix(), Map.of("leat.worker.slots", "1", "leat.worker.grace", "100ms",
                        "leat.worker.drain.timeout", "0s"));
                ApplicationContext context = ApplicationContext.builder()
                        .deduceEnvironment(false)
                        .banner(false)
                        .properties(Map.of("leat.roles.worker", true, "micronaut.server.port", -1,
                                "micronaut.server.host", "127.0.0.1"))
                        .singletons(rig.settings(Map.of("leat.schema.registry.url", cluster.schemaRegistryUrl())))
                        .start();
                EmbeddedServer server = context.getBean(EmbeddedServer.class).start()) {
            await().atMost(SOON).until(() -> status(server, "readiness") == 200);
            await().atMost(SOON).until(() -> status(server, "liveness") == 200);

            rig.submit(hanging(Duration.ofSeconds(5)));

            await().atMost(SOON).until(() -> status(server, "liveness") == 503);
            await().atMost(SOON).until(() -> status(server, "liveness") == 200);
        }
    }

    private static int status(EmbeddedServer server, String kind) throws IOException, InterruptedException {
        URI health = URI.create("http://127.0.0.1:" + server.getPort() + "/health/" + kind);
        return HTTP.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding()).statusCode();
    }

    /** A job that is told to stop at once, once, and does not. */
    private static Fact.JobQueued hanging(Duration time) {
        return Fact.JobQueued.first(new Submission(JobTypeName.parse("demo:hang"), Lane.NORMAL,
                new Json("{\"millis\":" + time.toMillis() + "}"), List.of(),
                new PolicyOverrides(Optional.of(1), Optional.empty(), Optional.of(Duration.ofMillis(100)),
                        Optional.empty()),
                Terms.NONE, Instant.now()));
    }
}
