package dev.leat.plugins.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.Plugin;
import dev.leat.plugin.test.JobHandlerTester;
import dev.leat.plugin.test.TestedAttempt;
import dev.leat.plugins.demo.RecordingContext.Report;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The plugin, and those of its handlers that do little. */
class SmallHandlersTest {

    @Test
    void shouldBeFoundByServiceLoader() {
        assertThat(ServiceLoader.load(Plugin.class)).singleElement().satisfies(plugin -> {
            assertThat(plugin.id()).isEqualTo("demo");
            assertThat(plugin.jobTypes()).extracting(JobType::name).containsExactly("countdown", "prime",
                    "fibonacci", "url-fetch", "echo", "sleep", "fail", "hang", "noop");
            assertThat(plugin.jobTypes()).extracting(JobType::description).doesNotContain("");
        });
    }

    /** A timeout that cuts off what the input may ask for would be a trap. */
    @Test
    void shouldHaveTimeForAllThatItsInputsAllow() {
        assertThat(new DemoPlugin().jobTypes()).allSatisfy(type -> assertThat(type.policy().timeout()).isGreaterThan(
                switch (type.name()) {
                    case "sleep", "hang" -> Duration.ofHours(1);
                    case "fibonacci" -> Duration.ofSeconds(1000);
                    case "prime" -> Duration.ofSeconds(100);
                    case "countdown" -> Duration.ofSeconds(60);
                    case "echo" -> Duration.ofSeconds(30);
                    default -> Duration.ofSeconds(10);
                }));
    }

    @Test
    void shouldEchoTheMessage() throws Exception {
        RecordingContext context = new RecordingContext();

        var outcome = new EchoHandler(Duration.ofMillis(1)).run(new EchoInput("Grüße, 世界", 30), context);

        assertThat(outcome).isEqualTo(JobOutcome.succeeded(new EchoResult("Grüße, 世界")));
        assertThat(context.reports()).containsExactly(new Report(0, "waiting for 30 s"));
    }

    @Test
    void shouldWaitForAllOfTheDelay() throws Exception {
        long start = System.nanoTime();

        new EchoHandler(Duration.ofMillis(50)).run(new EchoInput("late", 2), new RecordingContext());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void shouldReportEachSecondOfACountdown() throws Exception {
        RecordingContext context = new RecordingContext();

        var outcome = new CountdownHandler(Duration.ofMillis(1)).run(new CountdownInput(4), context);

        assertThat(outcome).isEqualTo(JobOutcome.succeeded(new CountdownResult(1000)));
        assertThat(context.reports()).containsExactly(new Report(25, "3 s to go"), new Report(50, "2 s to go"),
                new Report(75, "1 s to go"), new Report(100, "0 s to go"));
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
    void shouldFailInTheWayThatIsAskedFor() {
        FailHandler handler = new FailHandler();

        assertThat(handler.run(fail(FailInput.Way.SAY, OptionalInt.empty()), new RecordingContext()))
                .isEqualTo(JobOutcome.failed("no luck"));
        assertThat(handler.run(fail(FailInput.Way.FOR_GOOD, OptionalInt.empty()), new RecordingContext()))
                .isEqualTo(JobOutcome.notRetryable("no luck"));
        assertThatThrownBy(
                () -> handler.run(fail(FailInput.Way.THROW, OptionalInt.empty()), new RecordingContext()))
                .isInstanceOf(IllegalStateException.class).hasMessage("no luck");
    }

    @Test
    void shouldFailAsOftenAsIsAskedFor() {
        FailHandler handler = new FailHandler();
        FailInput twice = fail(FailInput.Way.SAY, OptionalInt.of(2));

        assertThat(handler.run(twice, RecordingContext.ofAttempt(1))).isEqualTo(JobOutcome.failed("no luck"));
        assertThat(handler.run(twice, RecordingContext.ofAttempt(2))).isEqualTo(JobOutcome.failed("no luck"));
        assertThat(handler.run(twice, RecordingContext.ofAttempt(3))).isEqualTo(JobOutcome.succeeded());
    }

    private static FailInput fail(FailInput.Way way, OptionalInt failures) {
        return new FailInput("no luck", way, failures);
    }

    @Test
    void shouldDoNothing() {
        TestedAttempt attempt = JobHandlerTester.of(new DemoPlugin()).type("noop").runJson("{}");

        assertThat(attempt.outcome()).isEqualTo(JobOutcome.succeeded());
        assertThat(attempt.progress()).isEmpty();
    }
}
