package dev.leat.embedded;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.leat.embedded.RegistryClient.Answer;

import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What clients of Confluent's protocol rely on. Each test has subjects of its own on one registry. */
@Tag("broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryProtocolTest {

    private final AtomicInteger subjects = new AtomicInteger();
    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private final RegistryClient client;

    RegistryProtocolTest(@TempDir Path directory) {
        broker = EmbeddedBroker.start(BrokerOptions.in(directory));
        registry = EmbeddedRegistry.start(RegistryOptions.on(broker.bootstrapServers()));
        client = RegistryClient.of(registry);
    }

    @AfterAll
    void stop() {
        registry.close();
        broker.close();
    }

    @Test
    void shouldGiveSameSchemaSameIdInEveryWording() throws Exception {
        String subject = newSubject();
        String other = newSubject();

        int id = client.register(subject, Schemas.FIRST);

        assertThat(client.register(subject, Schemas.FIRST_SPACED)).isEqualTo(id);
        assertThat(client.register(other, Schemas.FIRST)).isEqualTo(id);
        assertThat(client.get("/subjects/" + subject + "/versions").body().toString()).isEqualTo("[1]");
        assertThat(client.get("/schemas/ids/" + id).body().path("schema").asText()).isEqualTo(canonical(Schemas.FIRST));
        assertThat(client.get("/schemas/ids/" + id + "/schema").body().path("name").asText()).isEqualTo("Order");
        assertThat(client.get("/schemas/ids/" + id + "/subjects").body().toString()).contains(subject, other);
        assertThat(client.get("/schemas/ids/" + id + "/versions").body())
                .anyMatch(use -> use.path("subject").asText().equals(other) && use.path("version").asInt() == 1);
        assertThat(client.get("/subjects").body().toString()).contains(subject, other);
    }

    @Test
    void shouldDescribeVersionsByNumberAndAsLatest() throws Exception {
        String subject = newSubject();
        int first = client.register(subject, Schemas.FIRST);
        int second = client.register(subject, Schemas.WITH_DEFAULT);

        Answer one = client.get("/subjects/" + subject + "/versions/1");
        Answer latest = client.get("/subjects/" + subject + "/versions/latest");

        assertThat(one.body().path("subject").asText()).isEqualTo(subject);
        assertThat(one.body().path("id").asInt()).isEqualTo(first);
        assertThat(latest.body().path("version").asInt()).isEqualTo(2);
        assertThat(latest.body().path("id").asInt()).isEqualTo(second);
        assertThat(latest.body().path("schema").asText()).isEqualTo(canonical(Schemas.WITH_DEFAULT));
        assertThat(client.get("/subjects/" + subject + "/versions/2/schema").body().path("fields")).hasSize(2);
    }

    @Test
    void shouldLookUpWithoutRegistering() throws Exception {
        String subject = newSubject();
        Answer unknownSubject = client.post("/subjects/" + subject, Map.of("schema", Schemas.FIRST));
        int id = client.register(subject, Schemas.FIRST);
        Answer known = client.post("/subjects/" + subject, Map.of("schema", Schemas.FIRST_SPACED));
        Answer unknownSchema = client.post("/subjects/" + subject, Map.of("schema", Schemas.WITH_DEFAULT));

        assertThat(unknownSubject.code()).isEqualTo(40401);
        assertThat(known.body().path("id").asInt()).isEqualTo(id);
        assertThat(known.body().path("version").asInt()).isEqualTo(1);
        assertThat(unknownSchema.code()).isEqualTo(40403);
        assertThat(client.get("/subjects/" + subject + "/versions").body().toString()).isEqualTo("[1]");
    }

    @Test
    void shouldRefuseIncompatibleSchemaAndSayWhere() throws Exception {
        String subject = newSubject();
        client.register(subject, Schemas.FIRST);

        Answer refused = client.post("/subjects/" + subject + "/versions", Map.of("schema", Schemas.WITHOUT_DEFAULT));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.body().path("message").asText()).contains(subject, "BACKWARD", "price");
        assertThat(client.get("/subjects/" + subject + "/versions").body().toString()).isEqualTo("[1]");
    }

    @Test
    void shouldJudgeByTheSubjectsOwnLevel() throws Exception {
        String subject = newSubject();
        client.register(subject, Schemas.FIRST);
        assertThat(client.get("/config/" + subject).code()).isEqualTo(40408);
        assertThat(
                client.get("/config/" + subject + "?defaultToGlobal=true").body().path("compatibilityLevel").asText())
                .isEqualTo("BACKWARD");

        Answer set = client.put("/config/" + subject, Map.of("compatibility", "forward"));

        assertThat(set.body().path("compatibility").asText()).isEqualTo("FORWARD");
        assertThat(client.get("/config/" + subject).body().path("compatibilityLevel").asText()).isEqualTo("FORWARD");
        client.register(subject, Schemas.WITHOUT_DEFAULT);
    }

    @Test
    void shouldTestCompatibilityWithoutRegistering() throws Exception {
        String subject = newSubject();
        client.register(subject, Schemas.FIRST);
        String path = "/compatibility/subjects/" + subject + "/versions";

        assertThat(isCompatible(client.post(path + "/latest", Map.of("schema", Schemas.WITH_DEFAULT)))).isTrue();
        assertThat(isCompatible(client.post(path + "/1", Map.of("schema", Schemas.WITHOUT_DEFAULT)))).isFalse();
        assertThat(isCompatible(client.post(path, Map.of("schema", Schemas.OTHER_TYPE)))).isFalse();
        assertThat(client.post(path + "/latest?verbose=true", Map.of("schema", Schemas.OTHER_TYPE)).body()
                .path("messages")).isNotEmpty();
        assertThat(client.post(path + "/7", Map.of("schema", Schemas.FIRST)).code()).isEqualTo(40402);
        assertThat(client.get("/subjects/" + subject + "/versions").body().toString()).isEqualTo("[1]");
    }

    @Test
    void shouldAnswerWhatIsMissingInTheProtocolsCodes() throws Exception {
        String subject = newSubject();
        client.register(subject, Schemas.FIRST);

        assertThat(client.get("/subjects/nobody/versions").code()).isEqualTo(40401);
        assertThat(client.get("/subjects/nobody/versions/1").code()).isEqualTo(40401);
        assertThat(client.get("/subjects/" + subject + "/versions/9").code()).isEqualTo(40402);
        assertThat(client.get("/subjects/" + subject + "/versions/0").code()).isEqualTo(42202);
        assertThat(client.get("/subjects/" + subject + "/versions/first").code()).isEqualTo(42202);
        assertThat(client.get("/schemas/ids/4711").code()).isEqualTo(40403);
        assertThat(client.get("/schemas/ids/x").code()).isEqualTo(40403);
        assertThat(client.put("/config", Map.of("compatibility", "SOMETIMES")).code()).isEqualTo(42203);
        assertThat(client.get("/nothing/here").status()).isEqualTo(404);
        assertThat(client.send(client.request("/subjects").DELETE().build()).status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{", "{\"type\":\"record\"}",
            "{\"type\":\"record\",\"name\":\"1x\",\"fields\":[]}",
            "{\"type\":\"record\",\"name\":\"X\",\"fields\":[{\"name\":\"a\",\"type\":\"int\",\"default\":\"text\"}]}",
            "[]x", "null", "7"})
    void shouldRefuseWhatIsNoSchema(String schema) throws Exception {
        Answer answer = client.post("/subjects/" + newSubject() + "/versions", Map.of("schema", schema));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo(42201);
        assertThat(answer.body().path("message").asText()).doesNotContain("\tat ");
    }

    @Test
    void shouldRefuseSchemaThatIsNestedTooDeeply() throws Exception {
        String schema = "{\"type\":\"array\",\"items\":".repeat(20_000) + "\"int\"" + "}".repeat(20_000);

        assertThat(client.post("/subjects/" + newSubject() + "/versions", Map.of("schema", schema)).status()).isIn(413,
                422);
    }

    @Test
    void shouldRefuseOtherKindsOfSchemas() throws Exception {
        Map<String, Object> json = Map.of("schema", "{}", "schemaType", "JSON");
        Map<String, Object> referring = Map.of("schema", Schemas.FIRST, "references", List.of(Map.of("name", "x")));

        assertThat(client.post("/subjects/" + newSubject() + "/versions", json).code()).isEqualTo(42201);
        assertThat(client.post("/subjects/" + newSubject() + "/versions", referring).code()).isEqualTo(42201);
    }

    @Test
    void shouldRefuseBodiesThatAreNoJsonObjectOrTooLong() throws Exception {
        String path = "/subjects/" + newSubject() + "/versions";

        assertThat(client.send(client.request(path).POST(BodyPublishers.ofString("{oops")).build()).status())
                .isEqualTo(400);
        assertThat(client.send(client.request(path).POST(BodyPublishers.ofString("[]")).build()).status())
                .isEqualTo(400);
        assertThat(client.send(client.request(path).POST(BodyPublishers.noBody()).build()).status()).isEqualTo(400);
        assertThat(client.post(path, Map.of("schema", "x".repeat(RegistryHttp.BODY_LIMIT))).status()).isEqualTo(413);
        assertThat(client.send(client.request(path).setHeader("Content-Type", "text/plain; a=json")
                .POST(BodyPublishers.ofString("{}")).build()).status()).isEqualTo(415);
    }

    @Test
    void shouldTakeSubjectsWithEscapesAndRefuseBrokenOnes() throws Exception {
        int id = client.register("a%2Fb+c%20d", Schemas.FIRST);

        assertThat(client.get("/subjects").body().toString()).contains("a/b+c d");
        assertThat(client.get("/subjects/a%2Fb+c%20d/versions/1").body().path("id").asInt()).isEqualTo(id);
        assertThat(client.post("/subjects/a%0Ab/versions", Map.of("schema", Schemas.FIRST)).code()).isEqualTo(42208);
    }

    private static boolean isCompatible(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().path("is_compatible").asBoolean();
    }

    private static String canonical(String schema) {
        return new Schema.Parser().parse(schema).toString();
    }

    private String newSubject() {
        return "subject-" + subjects.incrementAndGet();
    }
}
