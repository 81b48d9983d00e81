package dev.leat.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;
import io.micronaut.web.router.Router;

/** The documentation as it is served, and whether it has every route. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServedDocumentationTest {

    private final ApiUnderTest api;

    ServedDocumentationTest(KafkaCluster cluster) {
        api = ApiUnderTest.start(ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix())));
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @Test
    void shouldDocumentEachRoute() {
        // given
        Set<String> documented = new TreeSet<>();
        ApiDocument.load().root().path("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> documented.add(method.toUpperCase(Locale.ROOT) + " "
                        + path.getKey())));

        // when
        Set<String> routes = api.context()
                .getBean(Router.class)
                .uriRoutes()
                .filter(route -> route.getTargetMethod().getDeclaringType().getPackageName().startsWith("dev.leat"))
                .map(route -> route.getHttpMethodName() + " " + route.getUriMatchTemplate().toPathString())
                .filter(route -> !route.startsWith("HEAD") && !route.startsWith("GET /api/docs")
                        && !route.equals("GET /api/v1/openapi.yaml") && !isOfTheWebSocket(route))
                .filter(route -> !route.equals("GET /") && !route.startsWith("GET /dashboard/"))
                .collect(Collectors.toCollection(TreeSet::new));

        // then
        documented.removeAll(Set.of("GET /health/liveness", "GET /health/readiness"));
        assertThat(routes).hasSizeGreaterThan(8).isEqualTo(documented);
        assertThat(api.get("/health/liveness").status()).isEqualTo(200);
        await().until(() -> api.get("/health/readiness").status() == 200);
    }

    @Test
    void shouldServeTheDocumentAndAPageThatLoadsNothingFromElsewhere() {
        // when
        Reply document = get("/api/v1/openapi.yaml");
        Reply page = get("/api/docs");

        // then
        assertThat(document.status()).isEqualTo(200);
        assertThat(document.header("Content-Type")).startsWith("application/yaml");
        assertThat(ApiDocument.of(document.body()).root()).isEqualTo(ApiDocument.load().root());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'self';");
        List<String> loaded = new ArrayList<>();
        Pattern.compile("(?:src|href)=\"([^\"]*)\"")
                .matcher(page.body())
                .results()
                .forEach(match -> loaded.add(match.group(1)));
        assertThat(loaded).hasSizeGreaterThan(3).allSatisfy(path -> {
            assertThat(path).startsWith("/api/");
            assertThat(get(path).status()).as(path).isEqualTo(200);
            assertThat(get(path).body()).as(path).isNotEmpty();
        });
        assertThat(get("/api/docs/leat-docs.js").body()).contains("/api/v1/openapi.yaml").doesNotContain("http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/docs/index.html", "/api/docs/..%2findex.html", "/api/docs/%2e%2e/leat-api.yml",
            "/api/v1/nothing", "/nothing"})
    void shouldServeNothingElse(String path) {
        // when
        Reply reply = get(path);

        // then
        assertThat(reply.status()).as(reply.body()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void shouldServeTheDocumentOfTheWebSocket() {
        // when
        Reply document = get("/api/v1/asyncapi.yaml");

        // then
        assertThat(document.status()).isEqualTo(200);
        assertThat(document.header("Content-Type")).startsWith("application/yaml");
        assertThat(ApiDocument.of(document.body()).root().path("asyncapi").asText()).isEqualTo("3.0.0");
        assertThat(get("/api/docs").body()).contains("href=\"/api/v1/asyncapi.yaml\"");
    }

    /** OpenAPI cannot describe messages; AsyncAPI does. */
    private static boolean isOfTheWebSocket(String route) {
        return route.equals("GET /ws/queue") || route.equals("GET /api/v1/asyncapi.yaml");
    }

    private Reply get(String path) {
        return api.sendUnchecked("GET", path, BodyPublishers.noBody(), Map.of());
    }
}
