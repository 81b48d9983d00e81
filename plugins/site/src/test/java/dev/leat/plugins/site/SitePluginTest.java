package dev.leat.plugins.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.JobType;
import dev.leat.plugin.Plugin;
import dev.leat.plugin.test.JobHandlerTester;
import dev.leat.plugin.test.TestedAttempt;
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
    void shouldFailAJobForGoodThatIsRefused(@TempDir Path folder) {
        SitePlugin plugin = new SitePlugin(new Roots("the roots", List.of(folder)));

        TestedAttempt attempt = JobHandlerTester.of(plugin).type("build")
                .run(new BuildInput("public", "../site.yaml", false));

        assertThat(ExampleSite.refusal(attempt)).isEqualTo(
                "Expected a path below the roots without names that begin with a dot, but got '../site.yaml'");
    }
}
