package dev.leat.submit.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.submit.ApiUnderTest;
import dev.leat.submit.ApiUnderTest.Reply;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** How the dashboard is served: what browsers are told to keep, and what they are forbidden. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServedDashboardTest {

    private static final Path SOURCES = Path.of("src/main/resources/dashboard");
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]*)\"");
    private static final Pattern IMPORT = Pattern.compile("(?:from|import)\\s*\\(?\\s*[\"'](\\.[^\"']+)[\"']");

    private final ApiUnderTest api;

    ServedDashboardTest(KafkaCluster cluster) {
        api = ApiUnderTest.start(ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.schema.registry.url", cluster.schemaRegistryUrl(), "leat.topic.prefix", cluster.newPrefix())));
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @Test
    void shouldAnswerWithThePageOnceAndThenThatItIsTheSame() {
        // when
        Reply first = get("/", Map.of());
        String tag = first.header("ETag");
        Reply again = get("/", Map.of("If-None-Match", "\"other\", " + tag));
        Reply other = get("/", Map.of("If-None-Match", "\"other\""));

        // then
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("Content-Type")).startsWith("text/html");
        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(tag);
        assertThat(other.status()).isEqualTo(200);
    }

    @Test
    void shouldLetBrowsersRunNothingThatStandsInThePageOrComesFromElsewhere() {
        // when
        Reply page = get("/", Map.of());

        // then
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'; script-src 'self';")
                .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
                .doesNotContain("unsafe", "http", "*");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.body()).doesNotContainPattern("<script(?![^>]*src=)").doesNotContain("style=", "<style",
                "onclick");
        assertThat(links(page)).allSatisfy(path -> assertThat(path).startsWith("/"));
    }

    @Test
    void shouldServeWhateverThePageLoadsUnderURLsThatNeverChange() {
        // given
        List<String> files = links(get("/", Map.of())).stream().filter(path -> path.startsWith("/dashboard/")).toList();

        // then
        assertThat(files).hasSizeGreaterThan(30).allSatisfy(path -> {
            Reply file = get(path, Map.of());
            assertThat(file.status()).as(path).isEqualTo(200);
            assertThat(file.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(file.header("Content-Type")).startsWith(switch (path.substring(path.lastIndexOf('.'))) {
                case ".js" -> "text/javascript";
                case ".css" -> "text/css";
                default -> "image/svg+xml";
            });
        });
    }

    @Test
    void shouldServeEachModuleThatAnotherImportsAndNameAllButThoseForChartsInThePage() {
        // given
        Set<String> named = links(get("/", Map.of())).stream()
                .filter(path -> path.endsWith(".js"))
                .collect(Collectors.toCollection(TreeSet::new));
        String base = named.iterator().next().replaceAll("(/dashboard/[^/]+/).*", "$1");
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(base + "app.js"));

        // when
        while (!open.isEmpty()) {
            String path = open.pop();
            if (found.add(path)) {
                Reply module = get(path, Map.of());
                assertThat(module.status()).as(path).isEqualTo(200);
                IMPORT.matcher(module.body())
                        .results()
                        .forEach(match -> open
                                .push(Path.of(path).resolveSibling(match.group(1)).normalize().toString()));
            }
        }

        // then
        found.removeAll(Set.of(base + "charts.js", base + "lib/uplot/uPlot.esm.js"));
        named.remove(base + "theme.js");
        assertThat(found).isEqualTo(named);
    }

    @Test
    void shouldServeEachFileOfTheSources() throws IOException {
        // given
        String base = links(get("/", Map.of())).getFirst().replaceAll("(/dashboard/[^/]+/).*", "$1");

        // then
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(Files::isRegularFile).map(file -> SOURCES.relativize(file).toString()))
                    .filteredOn(file -> !file.equals("index.html"))
                    .hasSizeGreaterThan(30)
                    .allSatisfy(file -> assertThat(get(base + file, Map.of()).status()).as(file).isEqualTo(200));
        }
    }

    @Test
    void shouldServeNothingElse() {
        // given
        String base = links(get("/", Map.of())).getFirst().replaceAll("(/dashboard/[^/]+/).*", "$1");

        // then
        assertThat(List.of(base + "index.html", base + "..%2fapp.js", base + "nothing.js", "/dashboard/0000/app.js",
                "/dashboard/", "/index.html")).allSatisfy(path -> {
                    Reply reply = get(path, Map.of());
                    assertThat(reply.status()).as(path).isEqualTo(404);
                    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
                });
    }

    private static List<String> links(Reply page) {
        return LINK.matcher(page.body()).results().map(match -> match.group(1)).toList();
    }

    private Reply get(String path, Map<String, String> headers) {
        return api.sendUnchecked("GET", path, BodyPublishers.noBody(), headers);
    }
}
