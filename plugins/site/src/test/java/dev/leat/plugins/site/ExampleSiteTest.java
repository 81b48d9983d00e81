package dev.leat.plugins.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.test.ProgressReport;
import dev.leat.plugin.test.TestedAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site in {@code example}, built as the documentation shows it. */
class ExampleSiteTest {

    /** What it is to become; {@code -Dleat.golden.write=true} writes it anew. */
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir
    Path folder;

    @Test
    void shouldBecomeTheGoldenSite() throws Exception {
        ExampleSite site = ExampleSite.in(folder);

        site.built();

        if (Boolean.getBoolean("leat.golden.write")) {
            writeGolden(site.served());
        }
        assertThat(site.served()).containsExactlyEntriesOf(FileTrees.texts(GOLDEN));
    }

    @Test
    void shouldReportEachRouteAndTellWhatCameOfIt() throws Exception {
        ExampleSite site = ExampleSite.in(folder);
        UUID job = UUID.randomUUID();

        TestedAttempt attempt = site.build(job);

        assertThat(attempt.progress()).containsExactly(new ProgressReport(20, "1/5 routes: /"),
                new ProgressReport(40, "2/5 routes: /tour/"), new ProgressReport(60, "3/5 routes: /notes/"),
                new ProgressReport(80, "4/5 routes: /notes/new-wheel/"),
                new ProgressReport(100, "5/5 routes: /visit/"));
        assertThat(attempt.result(BuildResult.class)).isEqualTo(new BuildResult(true, 5, 0, List.of(), 0, List.of(), 0,
                "public", Optional.of("1-" + job)));
    }

    @Test
    void shouldNameFilesThatAreWrongAndServeNothing() throws Exception {
        ExampleSite site = ExampleSite.in(folder);
        site.write("content/a.md", "---\ntemplate: missing\n---\n");
        site.write("content/b.md", "---\norder: first\n---\n");
        site.write("content/c.md", "---\ntitel: C\n---\n");

        BuildResult result = site.build().result(BuildResult.class);

        assertThat(result.success()).isFalse();
        assertThat(result.errors()).extracting(Object::toString).containsExactlyInAnyOrder(
                "Problem[file=content/a.md, reason=Expected a template missing.html, but there is none]",
                "Problem[file=content/b.md, reason=Expected 'order' to be a whole number from -1000000 to 1000000, but got 'first']");
        assertThat(result.warnings()).extracting(Object::toString).containsExactly(
                "Problem[file=content/c.md, reason=Expected a known key in the front matter, but 'titel' has no meaning]");
        assertThat(result.build()).isEmpty();
        assertThat(site.root().resolve("public")).doesNotExist();
        assertThat(site.leftovers()).isEmpty();
    }

    @Test
    void shouldShowTheFirstHundredErrorsAndCountAll() throws Exception {
        ExampleSite site = ExampleSite.in(folder);
        for (int page = 0; page < 120; page++) {
            site.write("content/p%d.md".formatted(page), "---\ntemplate: missing\n---\n");
        }

        BuildResult result = site.build().result(BuildResult.class);

        assertThat(result.errors()).hasSize(100);
        assertThat(result.errorCount()).isEqualTo(120);
    }

    @Test
    void shouldKeepServingWhatItServedWhenABuildHasErrors() throws Exception {
        ExampleSite site = ExampleSite.in(folder);
        site.built();
        Map<String, String> before = site.served();
        site.write("content/a.md", "---\ntemplate: missing\n---\n");

        assertThat(site.build().result(BuildResult.class).success()).isFalse();

        assertThat(site.served()).isEqualTo(before);
    }

    private static void writeGolden(Map<String, String> site) throws IOException {
        for (Map.Entry<String, String> file : site.entrySet()) {
            Path path = GOLDEN.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling(""));
            Files.writeString(path, file.getValue());
        }
    }
}
