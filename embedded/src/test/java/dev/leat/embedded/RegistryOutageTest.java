package dev.leat.embedded;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.leat.embedded.RegistryClient.Answer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What stays of a registry when it is killed, and what it serves while its broker is gone. */
@Tag("broker")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RegistryOutageTest {

    @TempDir
    Path directory;

    @Test
    @Tag("process")
    void shouldKeepEveryIdThatWasGivenBeforeKill() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(directory))) {
            int id;
            try (ChildJvm child = ChildJvm.start(RegistryProcess.class, broker.bootstrapServers())) {
                RegistryClient client = new RegistryClient(child.awaitReady(), HttpClient.newHttpClient());
                client.register("numbers", Schemas.numbered(0));
                id = client.register("orders", Schemas.FIRST);
                child.kill();
            }

            try (EmbeddedRegistry registry = EmbeddedRegistry.start(RegistryOptions.on(broker.bootstrapServers()))) {
                RegistryClient client = RegistryClient.of(registry);
                assertThat(client.get("/subjects/orders/versions/1").body().path("id").asInt()).isEqualTo(id);
                assertThat(client.register("orders", Schemas.FIRST)).isEqualTo(id);
                assertThat(client.register("orders", Schemas.WITH_DEFAULT)).isEqualTo(id + 1);
            }
        }
    }

    @Test
    void shouldReadOnWithoutBrokerAndWriteAgainWhenItIsBack() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(directory));
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(RegistryOptions.on(broker.bootstrapServers()))) {
            RegistryClient client = RegistryClient.of(registry);
            int id = client.register("orders", Schemas.FIRST);
            broker.close();

            Answer refused = client.post("/subjects/orders/versions", Map.of("schema", Schemas.WITH_DEFAULT));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(client.get("/schemas/ids/" + id).status()).isEqualTo(200);
            assertThat(client.register("orders", Schemas.FIRST)).isEqualTo(id);

            broker = EmbeddedBroker.start(BrokerOptions.in(directory).withPort(broker.port()));
            Awaitility.await().untilAsserted(() -> assertThat(
                    client.post("/subjects/orders/versions", Map.of("schema", Schemas.WITH_DEFAULT)).status())
                    .isEqualTo(200));
            assertThat(client.get("/subjects/orders/versions/2").body().path("id").asInt()).isEqualTo(id + 1);
        } finally {
            broker.close();
        }
    }

    /** The main class of the process that is killed. */
    static final class RegistryProcess {

        private RegistryProcess() {}

        public static void main(String[] arguments) throws InterruptedException {
            EmbeddedRegistry registry = EmbeddedRegistry.start(RegistryOptions.on(arguments[0]));
            ChildJvm.sayReady(registry.url());
        }
    }
}
