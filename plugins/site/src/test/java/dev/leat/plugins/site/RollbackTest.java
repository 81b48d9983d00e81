package dev.leat.plugins.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.test.SettableClock;
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

        RollbackResult result = site.rollBack(UUID.randomUUID()).result(RollbackResult.class);

        assertThat(result).isEqualTo(new RollbackResult("public", second, first));
        assertThat(site.served().get("visit/index.html")).contains("First.");
    }

    @Test
    void shouldGoBackFurtherWithEachJob() throws Exception {
        String first = build("First.");
        build("Second.");
        build("Third.");

        var _ = site.rollBack(UUID.randomUUID()).result(RollbackResult.class);
        var _ = site.rollBack(UUID.randomUUID()).result(RollbackResult.class);

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

        RollbackResult first = site.rollBack(job).result(RollbackResult.class);
        RollbackResult again = site.rollBack(job).result(RollbackResult.class);

        assertThat(again).isEqualTo(first);
        assertThat(site.servedBuild()).isEqualTo(second);
    }

    @Test
    void shouldLeaveALaterBuildAloneWhenAnAttemptComesLate() throws Exception {
        build("First.");
        build("Second.");
        UUID job = UUID.randomUUID();
        var _ = site.rollBack(job).result(RollbackResult.class);
        String third = build("Third.");

        var _ = site.rollBack(job).result(RollbackResult.class);

        assertThat(site.servedBuild()).isEqualTo(third);
    }

    @Test
    void shouldGoBackFromALaterBuildToWhatWasServedBeforeIt() throws Exception {
        String first = build("First.");
        build("Bad.");
        var _ = site.rollBack(UUID.randomUUID()).result(RollbackResult.class);
        String third = build("Third.");

        RollbackResult result = site.rollBack(UUID.randomUUID()).result(RollbackResult.class);

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
    void shouldRefuseWhatWasNeverBuilt() {
        assertThat(ExampleSite.refusal(site.rollBack(UUID.randomUUID())))
                .isEqualTo("Expected 'public' to be built, but it is not");
        assertThat(site.builds()).doesNotExist();
    }

    @Test
    void shouldForgetJobsOfAWeekAgo() throws Exception {
        build("First.");
        build("Second.");
        UUID job = UUID.randomUUID();
        var _ = site.rollBack(job).result(RollbackResult.class);
        var _ = site.renderSection("/tour/", "wheel").result(RenderSectionResult.class);

        var _ = site.builder().clock(SettableClock.at(MUCH_LATER)).run(ExampleSite.WHOLE).result(BuildResult.class);

        assertThat(site.builds().resolve("rollbacks")).isEmptyDirectory();
        assertThat(site.builds().resolve("fragments")).isEmptyDirectory();
    }

    /** The name of a new build. */
    private String build(String text) throws Exception {
        site.write("content/visit.md", text);
        return site.built().build().orElseThrow();
    }
}
