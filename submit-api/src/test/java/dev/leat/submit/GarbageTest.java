package dev.leat.submit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Whatever comes, the answer is a documented one, and it says nothing of the inside. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GarbageTest {

    private static final long SEEDS = 300;

    private static final List<String> PIECES = List.of("{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800",
            "null", "true", "-", "1e999999999", "0.1E-400", "9".repeat(2_000), "\"type\":", "\"demo:prime\"",
            "\"params\":", "\"priority\":", "\"high\"", "\"tags\":", "\"limit\":", "\"delay\":", "\"PT1S\"",
            "\"runAt\":",
            "\"backoff\":", "\"constant\":", "\"maxAttempts\":", "\"P999999999999D\"", "\"+999999999-12-31T23:59:59Z\"",
            "[".repeat(300),
            "{\"a\":".repeat(70),
            "\u0000", "\ufeff", "🜄", "//", "/*", "NaN", " \n\t", "\"__proto__\":", "'", "\"urgent\"",
            "\"" + "t".repeat(61)
                    + "\"");

    private final ScriptedProjector projector = ScriptedProjector.start();
    private final DemoPlugin plugin;
    private final ApiUnderTest api;
    private final ApiDocument document = ApiDocument.load();

    GarbageTest(KafkaCluster cluster) throws Exception {
        Settings settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix(),
                "leat.api.projectors", projector.uri().toString()));
        plugin = DemoPlugin.announce(settings);
        api = ApiUnderTest.start(settings);
    }

    @BeforeAll
    void awaitReadiness() {
        await().until(() -> api.get("/health/readiness").status() == 200);
    }

    @AfterAll
    void stop() {
        api.close();
        plugin.close();
        projector.close();
    }

    /** Fixed seeds, and one of each run's own; a failing test's name has its seed. */
    static Stream<Long> seeds() {
        return LongStream.concat(LongStream.range(0, SEEDS), LongStream.of(System.nanoTime())).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldRefuseGarbageAsDocumented(long seed) {
        // given
        Random random = new Random(seed);
        byte[] body = body(random);

        // when
        Reply reply = api.sendUnchecked("POST", "/api/v1/jobs", BodyPublishers.ofByteArray(body),
                Map.of("Content-Type", random.nextInt(10) == 0 ? "text/plain" : "application/json"));

        // then
        assertThat(reply.status()).as(reply.body()).isBetween(200, 499);
        document.check("POST", "/api/v1/jobs", reply.status(), reply.header("Content-Type"), reply.body());
        assertThat(reply.body()).doesNotContain("Exception", "dev.leat.", "java.", "fasterxml", "\tat ");
        assertThat(reply.body().length()).as("length of the answer").isLessThan(20_000);
    }

    private static byte[] body(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> bytes(random);
            case 1 -> soup(random).getBytes(UTF_8);
            case 2 -> broken(random);
            default -> ("{\"type\":\"demo:echo\",\"params\":{\"a\":" + soup(random) + "}}").getBytes(UTF_8);
        };
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String soup(Random random) {
        StringBuilder soup = new StringBuilder();
        int length = 1 + random.nextInt(12);
        for (int i = 0; i < length; i++) {
            soup.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return soup.toString();
    }

    /** A right submission with some of its bytes changed. */
    private static byte[] broken(Random random) {
        byte[] body = ("{\"type\":\"demo:prime\",\"params\":{\"limit\":1000},\"priority\":\"high\",\"tags\":[\"a\"],"
                + "\"delay\":\"PT1M\",\"backoff\":{\"first\":\"PT1S\",\"factor\":2.5},\"maxAttempts\":3}")
                .getBytes(UTF_8);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }

    static List<String> paths() {
        return List.of("/api/v1/jobs?status=%00", "/api/v1/jobs?limit=99999999999999999999", "/api/v1/jobs?tag=%ff%fe",
                "/api/v1/jobs?cursor=" + "x".repeat(3_000), "/api/v1/jobs/%2e%2e%2f", "/api/v1/jobs/%00",
                "/api/v1/jobs/" + "a".repeat(3_000), "/api/v1/job-types/%F0%9F%9C%84",
                "/api/v1/job-types/" + "demo:prime".repeat(200), "/api/v1/jobs/x?position=" + "1".repeat(3_000),
                "/api/v1/jobs/019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10?position=a-999999999999@1",
                "/api/v1/jobs/019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10?wait=" + "9".repeat(3_000),
                "/api/v1/dead-letters?cursor=" + "x".repeat(3_000), "/api/v1/dead-letters?reason=%00%ff",
                "/api/v1/dead-letters/%00", "/api/v1/dead-letters/" + "1".repeat(3_000));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void shouldRefuseOddPathsAsDocumented(String path) {
        // when
        Reply reply = api.sendUnchecked("GET", path, BodyPublishers.noBody(), Map.of());

        // then
        assertThat(reply.status()).as(reply.body()).isIn(400, 404);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.body()).doesNotContain("Exception", "java.", "\tat ").hasSizeLessThan(4_500);
    }
}
