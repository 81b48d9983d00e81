package dev.leat.plugins.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackTest {

    private static final Instant MUCH_LATER = Instant.parse("2100-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private ExampleSite site;

    @BeforeEach
    void makeSite() throws Exception {
        site = ExampleSite.in(folder);
    }

    @Test
    void shouldServeTheBuildBeforeAgain() throws Exception {
        String first = build("First.");
        String second = build("Second.");

        RollbackResult result = ExampleSite.result(site.rollBack(UUID.randomUUID()));

        assertThat(result).isEqualTo(new RollbackResult("public", second, first));
        assertThat(site.served().get("visit/index.html")).contains("First.");
    }

    @Test
    void shouldGoBackFurtherWithEachJob() throws Exception {
        String first = build("First.");
        build("Second.");
        build("Third.");

        ExampleSite.result(site.rollBack(UUID.randomUUID()));
        ExampleSite.result(site.rollBack(UUID.randomUUID()));

        assertThat(site.servedBuild()).isEqualTo(first);
        assertThat(ExampleSite.refusal(site.rollBack(UUID.randomUUID())))
                .isEqualTo("Expected a build that was served before %s to be kept, but there is none".formatted(first));
    }

    @Test
    void shouldGoBackOnceWithAllAttemptsOfAJob() throws Exception {
        build("First.");
        String second = build("Second.");
        build("Third.");
        UUID job = UUID.randomUUID();

        RollbackResult first = ExampleSite.result(site.rollBack(job));
        RollbackResult again = ExampleSite.result(site.rollBack(job));

        assertThat(again).isEqualTo(first);
        assertThat(site.servedBuild()).isEqualTo(second);
    }

    @Test
    void shouldLeaveALaterBuildAloneWhenAnAttemptComesLate() throws Exception {
        build("First.");
        build("Second.");
        UUID job = UUID.randomUUID();
        ExampleSite.result(site.rollBack(job));
        String third = build("Third.");

        ExampleSite.result(site.rollBack(job));

        assertThat(site.servedBuild()).isEqualTo(third);
    }

    @Test
    void shouldGoBackFromALaterBuildToWhatWasServedBeforeIt() throws Exception {
        String first = build("First.");
        build("Bad.");
        ExampleSite.result(site.rollBack(UUID.randomUUID()));
        String third = build("Third.");

        RollbackResult result = ExampleSite.result(site.rollBack(UUID.randomUUID()));

        assertThat(result).isEqualTo(new RollbackResult("public", third, first));
    }

    @Test
    void shouldKeepAsManyBuildsAsTheSiteSays() throws Exception {
        site.write("site.yaml", "keepBuilds: 2\n");
        build("First.");
        String second = build("Second.");
        String third = build("Third.");

        assertThat(site.keptBuilds()).isEqualTo(List.of(second, third));
    }

    @Test
    void shouldRefuseWhatWasNeverBuilt() throws Exception {
        assertThat(ExampleSite.refusal(site.rollBack(UUID.randomUUID())))
                .isEqualTo("Expected 'public' to be built, but it is not");
        assertThat(site.builds()).doesNotExist();
    }

    @Test
    void shouldForgetJobsOfAWeekAgo() throws Exception {
        build("First.");
        build("Second.");
        UUID job = UUID.randomUUID();
        ExampleSite.result(site.rollBack(job));
        ExampleSite.result(site.renderSection("/tour/", "wheel"));

        ExampleSite.result(site.build(new RecordingContext(UUID.randomUUID(), MUCH_LATER, _ -> {})));

        assertThat(site.builds().resolve("rollbacks")).isEmptyDirectory();
        assertThat(site.builds().resolve("fragments")).isEmptyDirectory();
    }

    /** The name of a new build. */
    private String build(String text) throws Exception {
        site.write("content/visit.md", text);
        return site.built().build().orElseThrow();
    }
}
