package dev.leat.schemas.serde;

import static dev.leat.schemas.serde.FaultyRegistry.dropConnection;
import static dev.leat.schemas.serde.FaultyRegistry.status;
import static dev.leat.schemas.serde.FaultyRegistry.until;
import static dev.leat.schemas.serde.Serdes.PERSON;
import static dev.leat.schemas.serde.Serdes.client;
import static dev.leat.schemas.serde.Serdes.properties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.avro.Schema;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryClientTest {

    private static final String NOT_FOUND = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

    private FaultyRegistry registry;

    @BeforeEach
    void startRegistry() throws Exception {
        registry = FaultyRegistry.start();
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                arguments("500", status(500, "{\"error_code\":50001,\"message\":\"store\"}")),
                arguments("503 of a proxy", status(503, "<html>no backend</html>")),
                arguments("404 of a proxy", status(404, "<html>default backend</html>")),
                arguments("404 of another server", status(404, "{\"error_code\":404,\"message\":\"Not Found\"}")),
                arguments("429", status(429, "{}")),
                arguments("408", status(408, "")),
                arguments("HTML instead of JSON", status(200, "<html>please log in</html>")),
                arguments("JSON of another kind", status(200, "[1,2]")),
                arguments("JSON without the schema", status(200, "{\"schema\":7}")),
                arguments("an empty answer", status(200, "")),
                arguments("a lost connection", dropConnection()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void shouldAskAgainAfterTrouble(String name, FaultyRegistry.Fault trouble) {
        // given
        int id = registry.put(PERSON);
        registry.next(trouble, trouble);

        // when
        SchemaLookup schema = client(registry.url()).schemaById(id);

        // then
        assertThat(schema).isEqualTo(new SchemaLookup.Found(PERSON));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void shouldCallLastingTroubleAnOutage(String name, FaultyRegistry.Fault trouble) {
        // given
        registry.always(trouble);

        // when
        Throwable failure = catchThrowable(
                () -> client(registry.url(), "schema.registry.retry.timeout.ms", 300).schemaById(1));

        // then
        assertThat(failure).isInstanceOf(RegistryUnavailableException.class).hasCauseInstanceOf(IOException.class)
                .hasMessageStartingWith("Expected the schema registry at [" + registry.url()
                        + "] to answer /schemas/ids/1 within 300 ms, but none of ");
        assertThat(SerdeFault.of(failure).isRetriable()).isTrue();
    }

    @Test
    void shouldCallARefusedConnectionAnOutage() {
        // given
        registry.close();

        // when
        Throwable failure = catchThrowable(
                () -> client(registry.url(), "schema.registry.retry.timeout.ms", 300).register("s", PERSON));

        // then
        assertThat(failure).isInstanceOf(RegistryUnavailableException.class).hasMessageContaining("ConnectException");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotWaitLongerThanSetForARegistryThatHangs(boolean afterHeaders) {
        // given
        registry.always(registry.hang(afterHeaders));
        RegistryClient client = client(registry.url(), "http.read.timeout.ms", 200, "schema.registry.retry.timeout.ms",
                500);
        long started = System.nanoTime();

        // when
        Throwable failure = catchThrowable(() -> client.schemaById(1));

        // then
        assertThat(failure).isInstanceOf(RegistryUnavailableException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isBetween(Duration.ofMillis(200),
                Duration.ofSeconds(5));
    }

    @Test
    void shouldAskOnceWhereRetriesAreOff() {
        // given
        registry.always(status(503, ""));

        // when
        assertThatThrownBy(() -> client(registry.url(), "schema.registry.retry.timeout.ms", 0).schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class);

        // then
        assertThat(registry.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 409, 422})
    void shouldNotInsistWhereTheRegistryRefuses(int status) {
        // given
        registry.always(status(status, "{\"error_code\":" + status + "01,\"message\":\"no\"}"));

        // when
        Throwable failure = catchThrowable(() -> client(registry.url()).register("s", PERSON));

        // then
        assertThat(failure).isInstanceOfSatisfying(RegistryRefusalException.class,
                e -> assertThat(e.status()).isEqualTo(status))
                .hasMessageEndingWith("but got HTTP " + status + ", error code " + status + "01: no");
        assertThat(SerdeFault.of(failure)).isEqualTo(SerdeFault.REGISTRY_REFUSAL);
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void shouldAskTheNextAddressWhereOneIsDown() throws Exception {
        // given
        FaultyRegistry down = FaultyRegistry.start();
        down.close();
        int id = registry.put(PERSON);
        RegistryClient client = client(down.url() + "," + registry.url());

        // when, then
        assertThat(client.schemaById(id)).isEqualTo(new SchemaLookup.Found(PERSON));
        assertThat(client.schemaById(99)).isEqualTo(new SchemaLookup.Unknown());
    }

    @Test
    void shouldStayWithTheAddressThatAnswered() throws Exception {
        // given
        try (FaultyRegistry inTrouble = FaultyRegistry.start()) {
            inTrouble.always(status(500, ""));
            RegistryClient client = client(inTrouble.url() + "," + registry.url());

            // when
            client.register("a", PERSON);
            client.register("b", PERSON);

            // then
            assertThat(inTrouble.requests()).hasSize(1);
            assertThat(registry.requests()).hasSize(2);
        }
    }

    @Test
    void shouldServeKnownSchemasThroughAnOutage() {
        // given
        RegistryClient client = client(registry.url(), "schema.registry.retry.timeout.ms", 300);
        int id = client.register("s", PERSON);
        client.schemaById(id);

        // when
        registry.close();

        // then
        assertThat(client.register("s", PERSON)).isEqualTo(id);
        assertThat(client.schemaById(id)).isEqualTo(new SchemaLookup.Found(PERSON));
        assertThatThrownBy(() -> client.schemaById(id + 1)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void shouldFindARegistryThatComesBack() throws Exception {
        // given
        RegistryClient client = client(registry.url());
        registry.close();
        CompletableFuture<Integer> id = CompletableFuture.supplyAsync(() -> client.register("s", PERSON));

        // when
        try (FaultyRegistry again = FaultyRegistry.startOnPort(registry.port())) {
            // then
            assertThat(id.get()).isEqualTo(1);
            assertThat(again.requests()).hasSize(1);
        }
    }

    @Test
    void shouldNotAskAgainForAnUnknownIdBeforeItsTimeIsOver() {
        // given
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
        RegistryClient client = new RegistryClient(new SerdeConfig(properties(registry.url())), nanos::get);
        client.schemaById(1);
        registry.put(PERSON);

        // when, then
        nanos.addAndGet(Duration.ofMillis(4_999).toNanos());
        assertThat(client.schemaById(1)).isEqualTo(new SchemaLookup.Unknown());
        assertThat(registry.requests()).hasSize(1);

        // when, then
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(client.schemaById(1)).isEqualTo(new SchemaLookup.Found(PERSON));
    }

    @Test
    void shouldNotTakeAnOutageForAnUnknownId() {
        // given
        RegistryClient client = client(registry.url(), "schema.registry.retry.timeout.ms", 0);
        int id = registry.put(PERSON);
        registry.next(status(500, NOT_FOUND));

        // when, then
        assertThatThrownBy(() -> client.schemaById(id)).isInstanceOf(RegistryUnavailableException.class);
        assertThat(client.schemaById(id)).isEqualTo(new SchemaLookup.Found(PERSON));
    }

    @Test
    void shouldNotAskForANegativeId() {
        assertThat(client(registry.url()).schemaById(-1)).isEqualTo(new SchemaLookup.Unknown());
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void shouldForgetUnknownIdsRatherThanKeepThemWithoutBound() {
        // given
        AtomicLong nanos = new AtomicLong();
        MissingIds missing = new MissingIds(Duration.ofSeconds(5), nanos::get);

        // when: as many as fit are kept, one more makes room
        IntStream.range(0, 1_000).forEach(missing::add);
        boolean firstKept = missing.contains(0);
        missing.add(1_000);

        // then
        assertThat(firstKept).isTrue();
        assertThat(missing.contains(0)).isFalse();
        assertThat(missing.contains(1_000)).isTrue();
    }

    @Test
    void shouldShareOneRequestAmongThreads() throws Exception {
        // given
        int id = registry.put(PERSON);
        CountDownLatch answer = new CountDownLatch(1);
        registry.always(until(answer));
        RegistryClient client = client(registry.url());
        List<Flight> flights = Stream.generate(() -> Flight.start(client, id)).limit(20).toList();

        // when
        await().until(() -> flights.stream().allMatch(Flight::isWaiting));
        answer.countDown();

        // then
        for (Flight flight : flights) {
            assertThat(flight.result().get()).isEqualTo(new SchemaLookup.Found(PERSON));
        }
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void shouldNotFailForTheInterruptionOfAnotherThread() throws Exception {
        // given
        int id = registry.put(PERSON);
        CountDownLatch answer = new CountDownLatch(1);
        registry.always(until(answer));
        RegistryClient client = client(registry.url());
        Flight first = Flight.start(client, id);
        await().until(() -> registry.requests().size() == 1);
        Flight second = Flight.start(client, id);
        await().until(second::isWaiting);

        // when
        first.thread().interrupt();
        await().until(() -> registry.requests().size() == 2);
        answer.countDown();

        // then
        assertThat(first.result()).failsWithin(Duration.ofSeconds(10)).withThrowableThat()
                .withCauseInstanceOf(InterruptException.class);
        assertThat(second.result().get()).isEqualTo(new SchemaLookup.Found(PERSON));
    }

    @Test
    void shouldSendTheSchemaAsOtherLanguagesWriteIt() {
        // given
        Schema marked = new Schema.Parser().parse(
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"s\",\"type\":"
                        + "{\"type\":\"string\",\"avro.java.string\":\"String\"}}]}");

        // when
        client(registry.url()).register("a b/c", marked);

        // then
        FaultyRegistry.Request request = registry.requests().getFirst();
        assertThat(request.path()).isEqualTo("/subjects/a%20b%2Fc/versions");
        assertThat(request.body()).isEqualTo("{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"R\\\","
                + "\\\"fields\\\":[{\\\"name\\\":\\\"s\\\",\\\"type\\\":\\\"string\\\"}]}\"}");
        assertThat(request.headers()).containsEntry("Content-type", List.of("application/vnd.schemaregistry.v1+json"));
    }

    @Test
    void shouldSendCredentialsAndNeverShowThem() {
        // given
        String url = registry.url().replace("http://", "http://al%3Aice:s%40cret@");
        registry.always(status(503, ""));

        // when
        Throwable fromUrl = catchThrowable(
                () -> client(url, "schema.registry.retry.timeout.ms", 0).register("s", PERSON));
        Throwable apart = catchThrowable(() -> client(registry.url(), "schema.registry.retry.timeout.ms", 0,
                "basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "bob:hidden")
                .register("s", PERSON));

        // then: "al:ice:s@cret" and "bob:hidden"
        assertThat(registry.requests()).extracting(request -> request.headers().get("Authorization"))
                .containsExactly(List.of("Basic YWw6aWNlOnNAY3JldA=="), List.of("Basic Ym9iOmhpZGRlbg=="));
        assertThat(fromUrl).hasMessageNotContaining("cret");
        assertThat(apart).hasMessageNotContaining("hidden");
    }

    @Test
    void shouldKeepThePathOfTheAddress() {
        // when
        client(registry.url() + "/apis/ccompat/v7/").register("s", PERSON);

        // then
        assertThat(registry.requests().getFirst().path()).isEqualTo("/apis/ccompat/v7/subjects/s/versions");
    }

    /** A thread that asks for a schema. */
    private record Flight(Thread thread, CompletableFuture<SchemaLookup> result) {

        static Flight start(RegistryClient client, int id) {
            CompletableFuture<SchemaLookup> result = new CompletableFuture<>();
            return new Flight(Thread.ofPlatform().start(() -> {
                try {
                    result.complete(client.schemaById(id));
                } catch (RuntimeException e) {
                    result.completeExceptionally(e);
                }
            }), result);
        }

        boolean isWaiting() {
            return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
        }
    }
}
