package dev.leat.plugins.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken over from the build before, and what is not. */
class IncrementalBuildTest {

    @TempDir
    Path folder;

    private ExampleSite site;

    @BeforeEach
    void build() throws Exception {
        site = ExampleSite.in(folder);
        site.built();
    }

    @Test
    void shouldTakeOverAllWhereNothingHasChanged() throws Exception {
        Map<String, String> before = site.served();

        BuildResult result = site.built();

        assertThat(result.routesBuilt()).isZero();
        assertThat(result.routesReused()).isEqualTo(5);
        assertThat(site.served()).isEqualTo(before);
    }

    /** A text changes its page, a title the menu of all pages, as do templates and the configuration. */
    @ParameterizedTest
    @CsvSource({"content/visit.md, Sunday, Monday, 1", "content/tour/wheel.md, Five, Six, 1",
            "content/visit.md, Visit us, Come, 5", "templates/footer.html, <footer>, <footer id='f'>, 5",
            "site.yaml, The Mill, A Mill, 5", "static/style.css, serif, sans-serif, 0",
            "content/notes/ice.md, draft: true, draft: false, 6"})
    void shouldRenderWhatDependsOnTheChange(String file, String before, String after, int built) throws Exception {
        replace(file, before, after);

        BuildResult result = site.built();
        assertThat(result.routesBuilt()).isEqualTo(built);
        Map<String, String> incremental = site.served();

        assertThat(site.built(true).routesReused()).isZero();
        assertThat(incremental).isEqualTo(site.served());
    }

    @Test
    void shouldDropAPageThatHasGone() throws Exception {
        Files.delete(site.source("content/visit.md"));

        site.built();

        assertThat(site.served()).doesNotContainKey("visit/index.html").containsKey("index.html");
    }

    @Test
    void shouldRenderAPageOfWhichTheBuiltFileHasGone() throws Exception {
        Files.delete(site.root().resolve("public/visit/index.html"));

        assertThat(site.built().routesBuilt()).isEqualTo(1);
        assertThat(site.served()).containsKey("visit/index.html");
    }

    private void replace(String file, String before, String after) throws IOException {
        String text = Files.readString(site.source(file));
        assertThat(text).contains(before);
        site.write(file, text.replace(before, after));
    }
}
