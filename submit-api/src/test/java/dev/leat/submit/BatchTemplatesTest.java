package dev.leat.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Batch templates, kept on a real broker. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchTemplatesTest {

    private static final String PATH = "/api/v1/batch-templates";
    private static final String ONE_STEP = "{\"batch\":{\"operations\":[{\"type\":\"demo:prime\"}]}}";

    private final DemoPlugin plugin;
    private final ApiUnderTest api;

    BatchTemplatesTest(KafkaCluster cluster) throws Exception {
        Settings settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix()));
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
    }

    @Test
    void shouldListTemplatesByNameInPages() {
        // given
        List<String> names = List.of("a", "a-1", "b", "c2");
        names.reversed().forEach(name -> assertThat(put(name).status()).isEqualTo(200));
        await().until(() -> api.get(PATH).json().path("templates").size() == names.size());

        // when, then
        assertThat(walk(1)).isEqualTo(names);
        assertThat(walk(3)).isEqualTo(names);
        assertThat(walk(4)).isEqualTo(names);
        assertThat(api.get(PATH + "?limit=501").status()).isEqualTo(400);
        Reply wrong = api.get(PATH + "?cursor=!!");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("parameter").asText()).isEqualTo("cursor");
        names.forEach(name -> assertThat(api.delete(PATH + "/" + name).status()).isEqualTo(202));
        await().until(() -> api.get(PATH).json().path("templates").isEmpty());
    }

    private Reply put(String name) {
        return api.send("PUT", PATH + "/" + name, ONE_STEP, Map.of("Content-Type", "application/json"));
    }

    private List<String> walk(int limit) {
        List<String> names = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get(PATH + "?limit=" + limit + cursor).json();
            page.path("templates").forEach(template -> names.add(template.path("name").asText()));
            cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : "";
        } while (!cursor.isEmpty());
        return names;
    }
}
