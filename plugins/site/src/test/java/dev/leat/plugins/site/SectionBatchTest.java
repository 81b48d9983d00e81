package dev.leat.plugins.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugins.site.content.Problem;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operations of a batch that renders a page by its sections, and the job on its completion. */
class SectionBatchTest {

    @TempDir
    Path folder;

    private ExampleSite site;

    @BeforeEach
    void makeSite() throws Exception {
        site = ExampleSite.in(folder);
        site.built();
    }

    @Test
    void shouldAssembleWhatAWholeBuildWouldGive() throws Exception {
        site.write("content/tour/wheel.md", "---\ntitle: The wheel\norder: 2\n---\n## Anew\n\nIt turns.\n");
        // In any order.
        RenderSectionResult rendered = site.renderSection("/tour/", "wheel").result(RenderSectionResult.class);
        var _ = site.renderSection("/tour/", "stones").result(RenderSectionResult.class);
        var _ = site.renderSection("tour", "weir").result(RenderSectionResult.class);

        BuildResult result = site.assemble("/tour/").result(BuildResult.class);

        assertThat(rendered.title()).isEqualTo("The wheel");
        assertThat(result.success()).isTrue();
        assertThat(result.routesBuilt()).isEqualTo(1);
        assertThat(result.routesReused()).isEqualTo(4);
        Map<String, String> assembled = site.served();
        assertThat(assembled.get("tour/index.html")).contains("<h2 id=\"wheel-anew\">Anew</h2>");
        assertThat(site.built(true).routesBuilt()).isEqualTo(5);
        assertThat(assembled).isEqualTo(site.served());
    }

    @Test
    void shouldLeaveOtherPagesAsTheyAreServed() throws Exception {
        site.write("content/visit.md", "Closed.");
        renderAll();

        assertThat(site.assemble("/tour/").result(BuildResult.class).success()).isTrue();

        assertThat(site.served().get("visit/index.html")).doesNotContain("Closed.");
        assertThat(site.built().routesBuilt()).as("the next build sees the change").isPositive();
        assertThat(site.served().get("visit/index.html")).contains("Closed.");
    }

    @Test
    void shouldNameAllSectionsThatAreMissingOrOutOfDate() throws Exception {
        Map<String, String> before = site.served();
        renderAll();
        site.write("content/tour/wheel.md", "Changed after it was rendered.");
        site.write("content/tour/gate.md", "New.");

        BuildResult result = site.assemble("/tour/").result(BuildResult.class);

        assertThat(result.success()).isFalse();
        assertThat(result.errors()).extracting(Problem::file).containsExactlyInAnyOrder("content/tour/wheel.md",
                "content/tour/gate.md");
        assertThat(site.served()).isEqualTo(before);
        assertThat(site.leftovers()).isEmpty();
    }

    @Test
    void shouldNotAssembleAPageOfWhichASectionCannotBeRead() throws Exception {
        renderAll();
        site.write("content/tour/wheel.md", "---\norder: x\n---\n");

        BuildResult result = site.assemble("/tour/").result(BuildResult.class);

        assertThat(result.success()).isFalse();
        assertThat(result.errors()).extracting(Problem::file).containsExactly("content/tour/wheel.md");
    }

    @Test
    void shouldRefuseWhatIsNoPageOrNoSection() {
        assertThat(ExampleSite.refusal(site.renderSection("/none/", "wheel")))
                .isEqualTo("Expected a page with sections at /none/, but there is none");
        assertThat(ExampleSite.refusal(site.renderSection("/visit/", "wheel")))
                .isEqualTo("Expected a page with sections at /visit/, but there is none");
        assertThat(ExampleSite.refusal(site.renderSection("/tour/", "../../site")))
                .isEqualTo("Expected a section '../../site' of the page /tour/, but there is none");
        assertThat(ExampleSite.refusal(site.assemble("/visit/")))
                .isEqualTo("Expected a page with sections at /visit/, but there is none");
    }

    @Test
    void shouldAssembleOnlyIntoASiteThatIsBuilt(@TempDir Path other) throws Exception {
        ExampleSite unbuilt = ExampleSite.in(other);
        var _ = unbuilt.renderSection("/tour/", "wheel").result(RenderSectionResult.class);

        assertThat(ExampleSite.refusal(unbuilt.assemble("/tour/")))
                .isEqualTo("Expected 'public' to be built as a whole before a page of it, but it is not");
    }

    private void renderAll() {
        for (String section : new String[]{"weir", "wheel", "stones"}) {
            var _ = site.renderSection("/tour/", section).result(RenderSectionResult.class);
        }
    }
}
