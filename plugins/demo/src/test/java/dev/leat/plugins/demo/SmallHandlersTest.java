package dev.leat.plugins.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.plugin.JobCancelledException;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.NoInput;
import dev.leat.plugin.NoResult;
import dev.leat.plugin.Plugin;
import dev.leat.plugins.demo.RecordingContext.Report;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Everything of the plugin but the primes. */
class SmallHandlersTest {

    @Test
    void shouldBeFoundByServiceLoader() {
        assertThat(ServiceLoader.load(Plugin.class)).singleElement().satisfies(plugin -> {
            assertThat(plugin.id()).isEqualTo("demo");
            assertThat(plugin.jobTypes()).extracting(JobType::name).containsExactly("prime", "echo", "sleep", "fail",
                    "noop");
            assertThat(plugin.jobTypes()).extracting(JobType::description).doesNotContain("");
        });
    }

    @Test
    void shouldEchoTheMessage() {
        assertThat(new EchoHandler().run(new EchoInput("Grüße, 世界"), new RecordingContext()))
                .isEqualTo(JobOutcome.succeeded(new EchoResult("Grüße, 世界")));
    }

    @Test
    void shouldReportEachStepOfSleep() throws Exception {
        RecordingContext context = new RecordingContext();

        var outcome = new SleepHandler().run(new SleepInput(4, 4), context);

        assertThat(outcome).isEqualTo(JobOutcome.succeeded(new SleepResult(1000)));
        assertThat(context.reports()).containsExactly(new Report(25, "slept 1 of 4 ms"),
                new Report(50, "slept 2 of 4 ms"), new Report(75, "slept 3 of 4 ms"),
                new Report(100, "slept 4 of 4 ms"));
    }

    @Test
    void shouldBeWokenByCancellation() throws Exception {
        RecordingContext context = new RecordingContext();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread sleeper = Thread.startVirtualThread(() -> {
            try {
                new SleepHandler().run(new SleepInput(3_600_000, 1), context);
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });

        sleeper.interrupt();

        assertThat(sleeper.join(Duration.ofSeconds(10))).as("an hour's sleep has ended").isTrue();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(context.reports()).isEmpty();
    }

    @Test
    void shouldLookForCancellationBetweenSleeps() {
        RecordingContext context = new RecordingContext(RecordingContext::cancelQuietly);

        assertThatThrownBy(() -> new SleepHandler().run(new SleepInput(0, 5), context))
                .isInstanceOf(JobCancelledException.class);
        assertThat(context.reports()).hasSize(1);
    }

    @Test
    void shouldFailInTheWayThatIsAskedFor() {
        FailHandler handler = new FailHandler();

        assertThat(handler.run(new FailInput("no luck", FailInput.Way.SAY), new RecordingContext()))
                .isEqualTo(JobOutcome.failed("no luck"));
        assertThatThrownBy(() -> handler.run(new FailInput("no luck", FailInput.Way.THROW), new RecordingContext()))
                .isInstanceOf(IllegalStateException.class).hasMessage("no luck");
    }

    @Test
    @SuppressWarnings("unchecked") // The list of job types does not know their inputs; this test does.
    void shouldDoNothing() throws Exception {
        var noop = (JobType<NoInput, NoResult>) new DemoPlugin().jobTypes().getLast();

        assertThat(noop.handler().run(new NoInput(), new RecordingContext())).isEqualTo(JobOutcome.succeeded());
    }
}
