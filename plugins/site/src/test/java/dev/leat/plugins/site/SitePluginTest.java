package dev.leat.plugins.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.Plugin;
import dev.leat.plugins.site.path.Roots;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SitePluginTest {

    @Test
    void shouldBeFoundWithItsJobTypes() {
        assertThat(ServiceLoader.load(Plugin.class)).singleElement().satisfies(plugin -> {
            assertThat(plugin.id()).isEqualTo("site");
            assertThat(plugin.jobTypes()).extracting(JobType::name).containsExactly("build", "render-section",
                    "assemble",
                    "rollback");
        });
    }

    @Test
    @SuppressWarnings("unchecked")
    void shouldFailAJobForGoodThatIsRefused(@TempDir Path folder) throws Exception {
        SitePlugin plugin = new SitePlugin(new Roots("the roots", List.of(folder)));
        JobType<BuildInput, BuildResult> build = (JobType<BuildInput, BuildResult>) plugin.jobTypes().getFirst();

        JobOutcome<BuildResult> outcome = build.handler().run(new BuildInput("public", "../site.yaml", false),
                RecordingContext.ofNewJob());

        assertThat(ExampleSite.refusal(outcome)).isEqualTo(
                "Expected a path below the roots without names that begin with a dot, but got '../site.yaml'");
    }
}
