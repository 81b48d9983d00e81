package dev.leat.submit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.Lane;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Submissions on a real broker and a real registry, read back by a plain consumer. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubmitTest {

    private final Settings settings;
    private DemoPlugin plugin;
    private ApiUnderTest api;
    private Consumer<byte[], byte[]> consumer;

    SubmitTest(KafkaCluster cluster) throws Exception {
        settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix(),
                "leat.api.max.body", "1MB"));
        plugin = DemoPlugin.announce(settings);
        api = ApiUnderTest.start(settings);
        consumer = new KafkaClients(settings).consumer("submit-test");
    }

    @BeforeAll
    void awaitReadiness() {
        await().until(() -> api.get("/health/readiness").status() == 200);
    }

    @AfterAll
    void stop() {
        consumer.close();
        api.close();
        plugin.close();
    }

    @Test
    void shouldPutTheJobIntoItsLaneBeforeItAnswers() {
        // when
        Reply reply = api
                .submit("""
                        {"type":"demo:prime","params":{"limit":1e3,"label":"größer"},"priority":"high","tags":["a","b","a"]}""");

        // then: the answer
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        String id = reply.json().path("id").asText();
        assertThat(reply.header("Location")).isEqualTo("/api/v1/jobs/" + id);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.json().path("status").asText()).isEqualTo("queued");
        assertThat(reply.json().path("priority").asText()).isEqualTo("high");
        assertThat(reply.body()).contains("\"params\":{\"limit\":1e3,\"label\":\"größer\"}",
                "\"tags\":[\"a\",\"b\"]", "\"cancelRequested\":false", "\"attempt\":1");

        // then: the log
        CommandPosition position = CommandPosition.parse(reply.header("Leat-Position"));
        ConsumerRecord<byte[], byte[]> written = read(position);
        assertThat(written.topic()).isEqualTo(plugin.topics().jobs("demo", Lane.HIGH));
        assertThat(new String(written.key(), UTF_8)).isEqualTo(id);
        assertThat(written.partition()).isEqualTo(Utils.toPositive(Utils.murmur2(written.key())) % 4);
        assertThat(written.value()[0]).as("Confluent's magic byte").isZero();
        Fact.JobQueued command = plugin.codecs().commands().decode(written.topic(), written.value()).orElseThrow();
        assertThat(command.attempt()).isEqualTo(1);
        assertThat(command.submission().type()).isEqualTo(DemoPlugin.PRIME.type());
        assertThat(command.submission().params().value()).isEqualTo("{\"limit\":1e3,\"label\":\"größer\"}");
        assertThat(command.submission().tags()).containsExactly("a", "b");
        assertThat(command.submission().submittedAt()).isEqualTo(reply.json().path("submittedAt").asText());
    }

    @Test
    void shouldUseTheJobTypesOwnDefaults() {
        // when
        Reply reply = api.submit("{\"type\":\"demo:echo\"}");

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(reply.json().path("priority").asText()).isEqualTo("low");
        assertThat(reply.body()).contains("\"params\":{}", "\"tags\":[]");
        assertThat(reply.header("Leat-Position")).startsWith(plugin.topics().jobs("demo", Lane.LOW));
    }

    @Test
    void shouldAnswerEachOfManyThatComeAtOnceWithItsOwnPlace() throws Exception {
        // given
        int jobs = 2_000;
        List<Callable<Reply>> submissions = IntStream.range(0, jobs)
                .<Callable<Reply>>mapToObj(i -> () -> api.sendUnchecked("POST", "/api/v1/jobs",
                        BodyPublishers.ofString("{\"type\":\"demo:echo\",\"params\":{\"n\":" + i + "}}"),
                        Map.of("Content-Type", "application/json")))
                .toList();

        // when
        List<Future<Reply>> replies;
        long start = System.nanoTime();
        try (ExecutorService clients = Executors.newFixedThreadPool(32)) {
            replies = clients.invokeAll(submissions);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        // then
        List<String> positions = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Future<Reply> reply : replies) {
            assertThat(reply.get().status()).as(reply.get().body()).isEqualTo(202);
            positions.add(reply.get().header("Leat-Position"));
            ids.add(reply.get().json().path("id").asText());
        }
        assertThat(positions).doesNotHaveDuplicates();
        assertThat(ids).doesNotHaveDuplicates();
        System.out.println(jobs + " jobs submitted over HTTP by 32 clients in " + took);
    }

    static Stream<Arguments> unknownTypes() {
        return Stream.of(Arguments.of("demo:prim", List.of("demo:prime")),
                Arguments.of("dmeo:prime", List.of("demo:prime")),
                Arguments.of("prime", List.of("demo:prime")),
                Arguments.of("Demo:Echo", List.of("demo:echo")),
                Arguments.of("other:eco", List.of("demo:echo")),
                Arguments.of("zzz:qqqqqq", List.of()),
                Arguments.of("", List.of()));
    }

    @ParameterizedTest
    @MethodSource("unknownTypes")
    void shouldNameTheNearestOfAnUnknownType(String type, List<String> nearest) {
        // when
        Reply reply = api.submit("{\"type\":\"" + type + "\"}");

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(404);
        assertThat(reply.problem()).isEqualTo("unknown-job-type");
        List<String> named = new ArrayList<>();
        reply.json().path("nearest").forEach(name -> named.add(name.asText()));
        assertThat(named).isEqualTo(nearest);
    }

    @Test
    void shouldNameEveryWrongParam() {
        // when
        Reply reply = api.submit("""
                {"type":"demo:prime","params":{"limit":7,"label":false,"lable":"x"}}""");

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(422);
        assertThat(reply.problem()).isEqualTo("invalid-params");
        assertThat(pointers(reply)).containsExactlyInAnyOrder("/limit", "/label", "/lable");
        assertThat(reply.json().path("errors")).allSatisfy(
                error -> assertThat(error.path("message").asText()).startsWith("Expected ").contains("but"));
    }

    @Test
    void shouldNameEverythingThatIsWrongWithTheBody() {
        // when
        Reply reply = api.submit("""
                {"typ":"demo:prime","params":[1],"priority":"urgent","tags":["ok","",7],"prioritty":{"a":[1]}}""");

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.problem()).isEqualTo("invalid-request");
        assertThat(pointers(reply)).containsExactlyInAnyOrder("/typ", "/params", "/priority", "/tags/1", "/tags/2",
                "/prioritty", "/type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"x\"", "{\"type\":\"demo:echo\"} x", "{'type':'demo:echo'}",
            "{\"type\":\"demo:echo\",\"type\":\"demo:echo\"}", "{\"type\":\"demo:echo\",\"params\":{\"a\":1,\"a\":2}}"})
    void shouldRefuseWhatIsNoJsonObject(String body) {
        // when
        Reply reply = api.submit(body);

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.problem()).isEqualTo("malformed-json");
        assertThat(reply.body()).doesNotContain("com.fasterxml", "JsonToken", "StreamReadFeature");
    }

    @Test
    void shouldRefuseAnotherContentType() {
        // when
        Reply reply = api.send("POST", "/api/v1/jobs", "{\"type\":\"demo:echo\"}",
                Map.of("Content-Type", "application/x-www-form-urlencoded"));

        // then
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.problem()).isEqualTo("unsupported-media-type");
    }

    @Test
    void shouldRefuseABodyOverTheLimit() {
        // when
        Reply reply = api.submit("{\"type\":\"demo:echo\",\"params\":{\"x\":\"" + "x".repeat(1 << 20) + "\"}}");

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(413);
        assertThat(reply.problem()).isEqualTo("content-too-large");
    }

    @Test
    void shouldRefuseAJobThatIsTooLargeForKafkaAndTakeOneThatJustFits() {
        // given: what is 20 characters in the body is 20 bytes in the record
        String tooLarge = "x".repeat(900_000);
        String fits = "x".repeat(899_800);

        // when
        Reply refused = api.submit("{\"type\":\"demo:echo\",\"params\":{\"x\":\"" + tooLarge + "\"}}");
        Reply accepted = api.submit("{\"type\":\"demo:echo\",\"params\":{\"x\":\"" + fits + "\"}}");

        // then
        assertThat(refused.status()).as(refused.body()).isEqualTo(413);
        assertThat(refused.json().path("detail").asText()).contains("900000 bytes");
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
    }

    @Test
    void shouldSayThatAJobTypeIsUnusable() {
        // when
        Reply reply = api.submit("{\"type\":\"demo:broken\"}");

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(500);
        assertThat(reply.problem()).isEqualTo("unusable-job-type");
    }

    private static List<String> pointers(Reply reply) {
        List<String> pointers = new ArrayList<>();
        reply.json().path("errors").forEach(error -> pointers.add(error.path("pointer").asText()));
        return pointers;
    }

    private ConsumerRecord<byte[], byte[]> read(CommandPosition position) {
        TopicPartition partition = new TopicPartition(position.topic(), position.partition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, position.offset());
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        await().until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            return !records.isEmpty();
        });
        return records.getFirst();
    }
}
