package dev.leat.plugins.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.plugin.JobCancelledException;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.test.ProgressReport;
import dev.leat.plugin.test.TestedAttempt;
import dev.leat.plugins.site.output.Output;
import dev.leat.plugins.site.output.OutputLock;
import dev.leat.plugins.site.output.Step;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that meet at one output, and jobs that stop. */
class ConcurrentBuildsTest {

    @TempDir
    Path folder;

    private ExampleSite site;

    @BeforeEach
    void makeSite() throws Exception {
        site = ExampleSite.in(folder);
    }

    @Test
    void shouldComeAgainLaterWhileAnotherJobBuilds() throws Exception {
        List<TestedAttempt> meanwhile = new ArrayList<>();
        ExampleSite observed = site.observedBy(step -> {
            if (step == Step.STAGED) {
                meanwhile.add(site.build());
                meanwhile.add(site.assemble("/tour/"));
            }
        });

        BuildResult result = observed.built();

        assertThat(meanwhile).hasSize(2).allSatisfy(attempt -> assertThat(attempt.outcome())
                .isInstanceOf(JobOutcome.Snoozed.class));
        assertThat(site.keptBuilds()).containsExactly(result.build().orElseThrow());
        assertThat(site.built().success()).as("the lock is free again").isTrue();
    }

    @Test
    void shouldLetOtherOutputsAndSectionsBeMadeAtTheSameTime() {
        List<TestedAttempt> meanwhile = new ArrayList<>();
        ExampleSite observed = site.observedBy(step -> {
            if (step == Step.STAGED) {
                meanwhile.add(site.renderSection("/tour/", "wheel"));
                meanwhile.add(site.build(new BuildInput("other", ExampleSite.CONFIG, false)));
            }
        });

        observed.built();

        assertThat(meanwhile).hasSize(2).allSatisfy(attempt -> assertThat(attempt.outcome())
                .isInstanceOf(JobOutcome.Succeeded.class));
    }

    @Test
    void shouldHoldTheLockForOtherProcessesToo() throws Exception {
        Output output = Output.at(site.root().resolve("public"));
        try (OutputLock _ = OutputLock.tryAcquire(output).orElseThrow()) {
            assertThat(OutputLock.tryAcquire(output)).isEmpty();
            try (FileChannel channel = FileChannel.open(site.builds().resolve("lock"), StandardOpenOption.WRITE)) {
                assertThatThrownBy(channel::tryLock).as("the file itself is locked")
                        .isInstanceOf(OverlappingFileLockException.class);
            }
        }
        Optional<OutputLock> next = OutputLock.tryAcquire(output);
        assertThat(next).isPresent();
        next.get().close();
    }

    @Test
    void shouldStopBetweenRoutesAndLeaveNothing() throws Exception {
        site.built();
        Map<String, String> before = site.served();
        site.write("content/visit.md", "---\ntitle: Visit us\norder: 10\n---\nClosed.");

        TestedAttempt attempt = site.builder().cancelAfterProgress(1).withoutInterrupt().run(ExampleSite.WHOLE);

        assertThat(attempt.thrown()).containsInstanceOf(JobCancelledException.class);
        assertThat(attempt.progress()).containsExactly(new ProgressReport(20, "1/5 routes: /"));
        assertThat(site.served()).isEqualTo(before);
        assertThat(site.leftovers()).isEmpty();
        assertThat(site.built().routesBuilt()).isEqualTo(1);
    }

    @Test
    void shouldNotServeABuildThatIsCancelledWithItsLastRoute() throws Exception {
        TestedAttempt attempt = site.builder().cancelAfterProgress(5).withoutInterrupt().run(ExampleSite.WHOLE);

        assertThat(attempt.thrown()).containsInstanceOf(JobCancelledException.class);
        assertThat(attempt.progress()).last().isEqualTo(new ProgressReport(100, "5/5 routes: /visit/"));
        assertThat(site.root().resolve("public")).doesNotExist();
        assertThat(site.leftovers()).isEmpty();
    }

    /** As a worker does it. */
    @Test
    void shouldStopWhenItsThreadIsInterrupted() throws Exception {
        CompletableFuture<Boolean> leftInterrupted = new CompletableFuture<>();
        JobHandler<BuildInput, BuildResult> handler = site.buildHandler();

        TestedAttempt attempt = ExampleSite.builder((input, context) -> {
            try {
                return handler.run(input, context);
            } finally {
                leftInterrupted.complete(Thread.currentThread().isInterrupted());
            }
        }).cancelAfterProgress(1).run(ExampleSite.WHOLE);

        assertThat(attempt.thrown()).containsInstanceOf(JobCancelledException.class);
        assertThat(leftInterrupted).isCompletedWithValue(true);
        assertThat(site.leftovers()).isEmpty();
        assertThat(site.built().success()).isTrue();
    }
}
