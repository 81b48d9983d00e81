package dev.leat.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.leat.embedded.RegistryClient.Answer;

import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Each test has a journal of its own on one broker. */
@Tag("broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedRegistryTest {

    private final AtomicInteger journals = new AtomicInteger();
    private final EmbeddedBroker broker;

    EmbeddedRegistryTest(@TempDir Path directory) {
        broker = EmbeddedBroker.start(BrokerOptions.in(directory));
    }

    @AfterAll
    void stopBroker() {
        broker.close();
    }

    @Test
    void shouldKeepIdsVersionsAndLevelsOverRestart() throws Exception {
        RegistryOptions options = newJournal();
        int id;
        int nextId;
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(options)) {
            RegistryClient client = RegistryClient.of(registry);
            id = client.register("orders", Schemas.FIRST);
            nextId = client.register("orders", Schemas.WITH_DEFAULT);
            client.put("/config/orders", Map.of("compatibility", "FULL"));
            client.put("/config", Map.of("compatibility", "NONE"));
        }

        try (EmbeddedRegistry registry = EmbeddedRegistry.start(options)) {
            RegistryClient client = RegistryClient.of(registry);
            assertThat(client.register("orders", Schemas.FIRST)).isEqualTo(id);
            assertThat(client.get("/subjects/orders/versions/latest").body().path("id").asInt()).isEqualTo(nextId);
            assertThat(client.get("/config/orders").body().path("compatibilityLevel").asText()).isEqualTo("FULL");
            assertThat(client.get("/config").body().path("compatibilityLevel").asText()).isEqualTo("NONE");
            assertThat(client.register("others", Schemas.numbered(1))).isGreaterThan(nextId);
        }
    }

    @Test
    void shouldFenceFormerInstanceAndServeItsData() throws Exception {
        RegistryOptions options = newJournal();
        try (EmbeddedRegistry first = EmbeddedRegistry.start(options)) {
            int id = RegistryClient.of(first).register("orders", Schemas.FIRST);

            try (EmbeddedRegistry second = EmbeddedRegistry.start(options)) {
                Answer write = RegistryClient.of(first).post("/subjects/orders/versions",
                        Map.of("schema", Schemas.WITH_DEFAULT));
                assertThat(write.status()).isEqualTo(503);
                Awaitility.await().untilAsserted(() -> {
                    Answer read = RegistryClient.of(first).get("/schemas/ids/" + id);
                    assertThat(read.status()).isEqualTo(503);
                    assertThat(read.body().path("message").asText()).contains(second.url());
                });

                RegistryClient client = RegistryClient.of(second);
                assertThat(client.register("orders", Schemas.FIRST)).isEqualTo(id);
                assertThat(client.register("orders", Schemas.WITH_DEFAULT)).isEqualTo(id + 1);
                assertThat(
                        RegistryClient.of(first).post("/subjects/x/versions", Map.of("schema", Schemas.FIRST)).status())
                        .as("out for good").isEqualTo(503);
                assertThat(client.register("x", Schemas.FIRST)).isEqualTo(id);
            }
        }
    }

    @Test
    void shouldNeverGiveOneIdToTwoSchemasWhileInstancesTakeOver() throws Exception {
        RegistryOptions options = newJournal();
        List<EmbeddedRegistry> started = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Map<Integer, String>>> given = new ArrayList<>();
            for (int instance = 0; instance < 4; instance++) {
                EmbeddedRegistry registry = EmbeddedRegistry.start(options);
                started.add(registry);
                int first = instance * 10;
                given.add(threads.submit(() -> registerUntilRefused(RegistryClient.of(registry), first)));
            }

            RegistryClient last = RegistryClient.of(started.getLast());
            int acknowledged = 0;
            for (Future<Map<Integer, String>> ids : given) {
                for (Map.Entry<Integer, String> pair : ids.get().entrySet()) {
                    acknowledged++;
                    assertThat(last.get("/schemas/ids/" + pair.getKey()).body().path("schema").asText())
                            .isEqualTo(pair.getValue());
                }
            }
            assertThat(acknowledged).isGreaterThanOrEqualTo(10);
        } finally {
            started.forEach(EmbeddedRegistry::close);
        }
    }

    private static Map<Integer, String> registerUntilRefused(RegistryClient client, int first) throws Exception {
        Map<Integer, String> given = new HashMap<>();
        for (int number = first; number < first + 10; number++) {
            String schema = new Schema.Parser().parse(Schemas.numbered(number)).toString();
            Answer answer = client.post("/subjects/s" + number + "/versions", Map.of("schema", schema));
            if (answer.status() == 503) {
                break;
            }
            given.put(answer.body().path("id").asInt(), schema);
        }
        return given;
    }

    @Test
    void shouldGiveOneIdToConcurrentRegistrationsOfOneSchema() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(newJournal());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            RegistryClient client = RegistryClient.of(registry);
            List<Callable<Integer>> calls = IntStream.range(0, 40)
                    .<Callable<Integer>>mapToObj(i -> () -> client.register("s" + i % 2, Schemas.FIRST)).toList();

            Set<Integer> ids = threads.invokeAll(calls).stream().map(Future::resultNow).collect(Collectors.toSet());

            assertThat(ids).hasSize(1);
            assertThat(client.get("/subjects/s0/versions").body().toString()).isEqualTo("[1]");
            assertThat(client.get("/subjects/s1/versions").body().toString()).isEqualTo("[1]");
        }
    }

    @Test
    void shouldGiveDifferentIdsToConcurrentRegistrationsOfDifferentSchemas() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(newJournal());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            RegistryClient client = RegistryClient.of(registry);
            List<Callable<Integer>> calls = IntStream.range(0, 20)
                    .<Callable<Integer>>mapToObj(i -> () -> client.register("s" + i, Schemas.numbered(i))).toList();

            assertThat(threads.invokeAll(calls).stream().map(Future::resultNow).collect(Collectors.toSet()))
                    .hasSize(20);
        }
    }

    @Test
    void shouldNotFenceRunningInstanceByStartThatFindsItsPortTaken() throws Exception {
        RegistryOptions options = newJournal();
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(options)) {
            int port = URI.create(registry.url()).getPort();

            assertThatExceptionOfType(PortTakenException.class)
                    .isThrownBy(() -> EmbeddedRegistry.start(options.withPort(port)))
                    .withMessageContaining("schema registry").withMessageContaining(Integer.toString(port));

            assertThat(RegistryClient.of(registry).register("orders", Schemas.FIRST)).isEqualTo(1);
        }
    }

    @Test
    void shouldServeOnLoopbackOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedRegistry.start(newJournal().withHost("0.0.0.0")))
                .withMessageContaining("loopback");
    }

    @Test
    void shouldRefuseTopicThatIsNoJournal() throws Exception {
        RegistryOptions options = newJournal();
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(options.topic(), 3, (short) 1))).all().get();
        }

        assertThatIllegalStateException().isThrownBy(() -> EmbeddedRegistry.start(options))
                .withMessageContaining("1 partition and cleanup.policy compact, but it has 3 and delete");
    }

    @Test
    void shouldRefuseJournalThatItCannotRead() throws Exception {
        RegistryOptions options = newJournal();
        EmbeddedRegistry.start(options).close();
        Records.write(broker.bootstrapServers(), options.topic(), "schema/1/foreign", "no fact");

        assertThatIllegalStateException().isThrownBy(() -> EmbeddedRegistry.start(options))
                .withMessageContaining(options.topic());
    }

    @Test
    void shouldCloseTwice() {
        EmbeddedRegistry registry = EmbeddedRegistry.start(newJournal());

        registry.close();
        registry.close();
    }

    private RegistryOptions newJournal() {
        return RegistryOptions.on(broker.bootstrapServers()).withTopic("_schemas-" + journals.incrementAndGet());
    }
}
