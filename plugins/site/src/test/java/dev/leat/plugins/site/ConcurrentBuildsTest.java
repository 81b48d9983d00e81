package dev.leat.plugins.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.plugin.JobCancelledException;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugins.site.output.Output;
import dev.leat.plugins.site.output.OutputLock;
import dev.leat.plugins.site.output.Step;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
        List<JobOutcome<?>> meanwhile = new ArrayList<>();
        ExampleSite observed = site.observedBy(step -> {
            if (step == Step.STAGED) {
                meanwhile.add(attempted(() -> site.build(RecordingContext.ofNewJob())));
                meanwhile.add(attempted(() -> site.assemble("/tour/")));
            }
        });

        BuildResult result = observed.built();

        assertThat(meanwhile).hasSize(2).allSatisfy(outcome -> assertThat(outcome)
                .isInstanceOf(JobOutcome.Snoozed.class));
        assertThat(site.keptBuilds()).containsExactly(result.build().orElseThrow());
        assertThat(site.built().success()).as("the lock is free again").isTrue();
    }

    @Test
    void shouldLetOtherOutputsAndSectionsBeMadeAtTheSameTime() throws Exception {
        List<JobOutcome<?>> meanwhile = new ArrayList<>();
        ExampleSite observed = site.observedBy(step -> {
            if (step == Step.STAGED) {
                meanwhile.add(attempted(() -> site.renderSection("/tour/", "wheel")));
                meanwhile.add(attempted(() -> site.build(new BuildInput("other", ExampleSite.CONFIG, false),
                        RecordingContext.ofNewJob())));
            }
        });

        observed.built();

        assertThat(meanwhile).hasSize(2).allSatisfy(outcome -> assertThat(outcome)
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
        RecordingContext context = new RecordingContext(UUID.randomUUID(), Instant.now(),
                RecordingContext::cancelQuietly);

        assertThatThrownBy(() -> site.build(context)).isInstanceOf(JobCancelledException.class);

        assertThat(context.messages()).containsExactly("1/5 routes: /");
        assertThat(site.served()).isEqualTo(before);
        assertThat(site.leftovers()).isEmpty();
        assertThat(site.built().routesBuilt()).isEqualTo(1);
    }

    @Test
    void shouldNotServeABuildThatIsCancelledWithItsLastRoute() throws Exception {
        RecordingContext context = new RecordingContext(UUID.randomUUID(), Instant.now(), running -> {
            if (running.percents().getLast() == 100) {
                running.cancelQuietly();
            }
        });

        assertThatThrownBy(() -> site.build(context)).isInstanceOf(JobCancelledException.class);

        assertThat(site.root().resolve("public")).doesNotExist();
        assertThat(site.leftovers()).isEmpty();
    }

    /** As a worker does it. */
    @Test
    void shouldStopWhenItsThreadIsInterrupted() throws Exception {
        RecordingContext context = new RecordingContext(UUID.randomUUID(), Instant.now(), running -> {
            running.cancelQuietly();
            Thread.currentThread().interrupt();
        });

        assertThatThrownBy(() -> site.build(context)).isInstanceOf(JobCancelledException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(site.leftovers()).isEmpty();
        assertThat(site.built().success()).isTrue();
    }

    private interface Attempt {
        JobOutcome<?> run() throws Exception;
    }

    private static JobOutcome<?> attempted(Attempt attempt) {
        try {
            return attempt.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
