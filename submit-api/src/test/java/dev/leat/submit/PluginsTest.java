package dev.leat.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Pauses and limits of plugins, over HTTP. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginsTest {

    private static final String DEMO = "/api/v1/plugins/demo";

    private final ScriptedProjector projector = ScriptedProjector.start();
    private final DemoPlugin plugin;
    private final ApiUnderTest api;
    private final ApiUnderTest otherApi;

    PluginsTest(KafkaCluster cluster) throws Exception {
        Settings settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix(),
                "leat.api.projectors", projector.uri().toString()));
        plugin = DemoPlugin.announce(settings);
        api = ApiUnderTest.start(settings);
        otherApi = ApiUnderTest.start(settings);
    }

    @BeforeAll
    void awaitPlugin() {
        await().until(() -> api.get(DEMO).status() == 200 && otherApi.get(DEMO).status() == 200);
    }

    @AfterAll
    void stop() {
        api.close();
        otherApi.close();
        plugin.close();
        projector.close();
    }

    private static Reply post(ApiUnderTest instance, String path) {
        return instance.send("POST", path, "", Map.of());
    }

    private static Reply put(ApiUnderTest instance, String path, String body) {
        return instance.send("PUT", path, body, Map.of("Content-Type", "application/json"));
    }

    @Test
    void shouldShowPausesAndLimitsInAllInstancesAndKeepThemApart() {
        Reply paused = post(api, DEMO + "/pause");
        Reply limited = put(otherApi, DEMO + "/limits", "{\"maxRunning\":5,\"startsPerSecond\":0.5}");

        assertThat(paused.status()).isEqualTo(200);
        assertThat(paused.json().path("paused").asBoolean()).isTrue();
        assertThat(limited.status()).isEqualTo(200);
        assertThat(limited.json().path("limits").path("maxRunning").asInt()).isEqualTo(5);
        await().untilAsserted(() -> {
            for (ApiUnderTest instance : new ApiUnderTest[]{api, otherApi}) {
                Reply shown = instance.get(DEMO);
                assertThat(shown.json().path("paused").asBoolean()).isTrue();
                assertThat(shown.json().path("limits").path("startsPerSecond").asDouble()).isEqualTo(0.5);
            }
        });

        assertThat(post(api, DEMO + "/resume").status()).isEqualTo(200);
        assertThat(put(api, DEMO + "/limits", "{}").status()).isEqualTo(200);
        await().untilAsserted(() -> {
            Reply shown = otherApi.get("/api/v1/plugins");
            assertThat(shown.json().path("plugins").path(0).path("id").asText()).isEqualTo("demo");
            assertThat(shown.json().path("plugins").path(0).path("paused").asBoolean()).isFalse();
            assertThat(shown.json().path("plugins").path(0).path("limits").isEmpty()).isTrue();
        });
    }

    @Test
    void shouldCountWhatRuns() {
        // Beats that were there before the API began to read do not count.
        await().untilAsserted(() -> {
            plugin.beat("w1", 1, 8, 3);
            assertThat(api.get(DEMO).json().path("running").asInt()).isEqualTo(5);
        });
        assertThat(api.get(DEMO).json().path("workers").asInt()).isEqualTo(1);
    }

    @Test
    void shouldShowHowFullTheLanesAre() {
        assertThat(api.get(DEMO).json().has("lanes")).as("while no projector says").isFalse();
        projector.on(ScriptedProjector.STATS, ScriptedProjector.json("""
                {"jobs":{},"byPlugin":{"demo":{"queued":5}},"byLane":{"demo":{"high":{"queued":5,"running":2},\
                "low":{"scheduled":1,"retrying":3,"dreaming":9}}}}"""));

        await().untilAsserted(() -> assertThat(api.get(DEMO).json().path("lanes").toString()).isEqualTo("""
                {"high":{"scheduled":0,"queued":5,"running":2,"retrying":0},\
                "normal":{"scheduled":0,"queued":0,"running":0,"retrying":0},\
                "low":{"scheduled":1,"queued":0,"running":0,"retrying":3}}"""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"maxRunning\":0}|/maxRunning", "{\"maxRunning\":1000001}|/maxRunning",
            "{\"startsPerSecond\":0}|/startsPerSecond", "{\"startsPerSecond\":-1}|/startsPerSecond"})
    void shouldRefuseLimitsOutOfTheirRange(String body, String pointer) {
        Reply reply = put(api, DEMO + "/limits", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.problem()).isEqualTo("invalid-request");
        assertThat(reply.json().path("errors").path(0).path("pointer").asText()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"maxRunning\":\"5\"}", "{\"maxRunning\":1.5}", "{\"max\":5}", "[]", "5",
            "{\"maxRunning\":"})
    void shouldRefuseBodiesOfAnotherForm(String body) {
        Reply reply = put(api, DEMO + "/limits", body);

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void shouldRefuseWhatNoWorkerHasAnnounced() {
        assertThat(api.get("/api/v1/plugins/dem").problem()).isEqualTo("unknown-plugin");
        assertThat(post(api, "/api/v1/plugins/dem/pause").status()).isEqualTo(404);
        assertThat(put(api, "/api/v1/plugins/dem/limits", "{}").status()).isEqualTo(404);
    }
}
