package dev.leat.plugins.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.test.TestedAttempt;
import dev.leat.plugins.site.output.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All files as they are at each step of a job: what is left if the process ends there. */
class CrashTest {

    @TempDir
    Path folder;

    private record Crash(Step step, ExampleSite site) {}

    @Test
    void shouldServeTheOldOrTheNewSiteWhereverABuildEnds() throws Exception {
        ExampleSite site = siteOfTwoKeptBuilds();
        Map<String, String> before = site.served();
        site.write("content/visit.md", "Closed.");
        UUID job = UUID.randomUUID();

        List<Crash> crashes = recordCrashes(site, observed -> observed.build(job));

        Map<String, String> after = site.served();
        assertThat(after).isNotEqualTo(before);
        assertThat(crashes).extracting(Crash::step).containsExactly(Step.CLEANED, Step.STAGED, Step.WRITTEN,
                Step.SEALED,
                Step.LINKED, Step.SERVED, Step.RETIRED);
        for (Crash crash : crashes) {
            assertThat(crash.site().served()).as("served after a crash when %s", crash.step())
                    .isEqualTo(crash.step().compareTo(Step.SERVED) < 0 ? before : after);
        }
    }

    @Test
    void shouldComeToTheSameEndWithTheNextAttemptWhereverABuildEnds() throws Exception {
        ExampleSite site = siteOfTwoKeptBuilds();
        site.write("content/visit.md", "Closed.");
        UUID job = UUID.randomUUID();
        List<Crash> crashes = recordCrashes(site, observed -> observed.build(job));

        for (Crash crash : crashes) {
            BuildResult result = crash.site().build(job).result(BuildResult.class);

            assertThat(result.success()).as("after a crash when %s", crash.step()).isTrue();
            assertThat(result.routesBuilt()).isEqualTo(1);
            assertThat(crash.site().served()).isEqualTo(site.served());
            assertThat(crash.site().keptBuilds()).isEqualTo(site.keptBuilds()).hasSize(2);
            assertThat(crash.site().leftovers()).isEmpty();
        }
    }

    @Test
    void shouldCleanUpWithTheNextJobWhereverABuildEnds() throws Exception {
        ExampleSite site = siteOfTwoKeptBuilds();
        List<Crash> crashes = recordCrashes(site, observed -> observed.build());

        for (Crash crash : crashes) {
            crash.site().built();

            assertThat(crash.site().leftovers()).as("after a crash when %s", crash.step()).isEmpty();
            assertThat(crash.site().keptBuilds()).hasSize(2);
            assertThat(crash.site().served()).isEqualTo(site.served());
        }
    }

    @Test
    void shouldServeAFirstBuildOrNothingWhereverItEnds() throws Exception {
        ExampleSite site = ExampleSite.in(folder);
        Files.createDirectory(site.root().resolve("public"));
        UUID job = UUID.randomUUID();
        List<Crash> crashes = recordCrashes(site, observed -> observed.build(job));

        for (Crash crash : crashes) {
            if (crash.step().compareTo(Step.SERVED) < 0) {
                assertThat(crash.site().root().resolve("public")).isEmptyDirectory();
            }
            var _ = crash.site().build(job).result(BuildResult.class);
            assertThat(crash.site().served()).as("after a crash when %s", crash.step()).isEqualTo(site.served());
        }
    }

    @Test
    void shouldGoBackOneBuildWhereverARollbackEnds() throws Exception {
        ExampleSite site = siteOfTwoKeptBuilds();
        String to = site.keptBuilds().getFirst();
        UUID job = UUID.randomUUID();
        List<Crash> crashes = recordCrashes(site, observed -> observed.rollBack(job));
        assertThat(site.servedBuild()).isEqualTo(to);
        assertThat(crashes).extracting(Crash::step).containsExactly(Step.CLEANED, Step.NOTED, Step.LINKED, Step.SERVED);

        for (Crash crash : crashes) {
            RollbackResult result = crash.site().rollBack(job).result(RollbackResult.class);

            assertThat(result.to()).as("after a crash when %s", crash.step()).isEqualTo(to);
            assertThat(crash.site().servedBuild()).isEqualTo(to);
            assertThat(crash.site().leftovers()).isEmpty();
        }
    }

    /** With a third one, the first is deleted. */
    private ExampleSite siteOfTwoKeptBuilds() throws Exception {
        ExampleSite site = ExampleSite.in(folder);
        site.write("site.yaml", "title: The Mill\nkeepBuilds: 2\n");
        site.built();
        site.write("content/visit.md", "Open.");
        site.built();
        return site;
    }

    private interface Job {
        TestedAttempt run(ExampleSite site);
    }

    private List<Crash> recordCrashes(ExampleSite site, Job job) {
        List<Crash> crashes = new ArrayList<>();
        assertThat(job.run(site.observedBy(step -> {
            Path copy = folder.resolve("crash-" + crashes.size());
            try {
                FileTrees.copy(site.root(), copy);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            crashes.add(new Crash(step, ExampleSite.at(copy)));
        })).outcome()).isInstanceOf(JobOutcome.Succeeded.class);
        return crashes;
    }
}
