package dev.leat.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.embedded.EmbeddedRegistry;
import dev.leat.embedded.RegistryOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** The schema registry goes away under the API and comes back. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(180)
class RegistryOutageTest {

    private final RegistryOptions options;
    private final String bootstrapServers;
    private final String prefix;

    RegistryOutageTest(KafkaCluster cluster) {
        bootstrapServers = cluster.bootstrapServers();
        prefix = cluster.newPrefix();
        options = RegistryOptions.on(bootstrapServers).withTopic(prefix + "schemas");
    }

    @Test
    void shouldSayThatNothingWasDoneWithoutTheRegistry() throws Exception {
        EmbeddedRegistry registry = EmbeddedRegistry.start(options);
        Settings settings = settings(registry);
        try (DemoPlugin _ = DemoPlugin.announce(settings); ApiUnderTest api = ApiUnderTest.start(settings)) {
            await().until(() -> api.submit("{\"type\":\"demo:echo\"}").status() == 202);

            // when: one lane's schema is known here, the other's has to be asked for
            registry.close();
            Reply known = api.submit("{\"type\":\"demo:echo\"}");
            Reply unknown = api.submit("{\"type\":\"demo:echo\",\"priority\":\"high\"}");

            // then
            assertThat(known.status()).isEqualTo(202);
            assertThat(unknown.status()).as(unknown.body()).isEqualTo(503);
            assertThat(unknown.problem()).isEqualTo("schema-registry-unavailable");
            assertThat(unknown.json().path("outcome").asText()).isEqualTo("not-done");
            assertThat(unknown.header("Retry-After")).isEqualTo("2");

            // when
            try (EmbeddedRegistry _ = EmbeddedRegistry.start(at(registry))) {
                // then
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> api.submit("{\"type\":\"demo:echo\",\"priority\":\"high\"}").status() == 202);
            }
        }
    }

    @Test
    void shouldLoseNoJobTypeToARegistryThatComesLate() throws Exception {
        // given
        EmbeddedRegistry registry = EmbeddedRegistry.start(options);
        Settings settings = settings(registry);
        DemoPlugin.announce(settings).close();
        registry.close();
        try (ApiUnderTest api = ApiUnderTest.start(settings)) {
            // then
            Reply early = api.submit("{\"type\":\"demo:echo\"}");
            assertThat(early.status()).as(early.body()).isEqualTo(503);
            assertThat(early.problem()).isEqualTo("job-types-not-loaded");
            assertThat(api.get("/health/readiness").status()).isEqualTo(503);

            // when
            try (EmbeddedRegistry _ = EmbeddedRegistry.start(at(registry))) {
                // then
                await().atMost(Duration.ofSeconds(60)).until(() -> api.get("/health/readiness").status() == 200);
                assertThat(api.submit("{\"type\":\"demo:echo\"}").status()).isEqualTo(202);
            }
        }
    }

    private RegistryOptions at(EmbeddedRegistry former) {
        return options.withPort(URI.create(former.url()).getPort());
    }

    private Settings settings(EmbeddedRegistry registry) {
        return ApiUnderTest.settings(Map.of("leat.bootstrap.servers", bootstrapServers, "leat.schema.registry.url",
                registry.url(), "leat.topic.prefix", prefix, "leat.api.submit.timeout", "2s"));
    }
}
